-- What the application's code has vouched for, and what SQL only claims (core/keys/vouching.py).

-- The key is the owner's; who serves cannot read it.
create function vouched(said text, mark text) returns boolean
stable language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return exists (
    select 1 from core_vouchingkey k
     where mark = encode(sha256(k.key || sha256(k.key || convert_to(said, 'UTF8'))), 'hex'));
end $$;

-- Who acts by the word of the application, given within the last minutes; else nobody.
create function vouched_person() returns uuid
stable language plpgsql security definer set search_path = public, pg_temp as $$
declare
  part text[] := string_to_array(current_setting('app.vouched_person', true), '|');
begin
  if not vouched('acts|' || part[1] || '|' || part[2], part[3]) then
    return null;
  end if;
  if abs(extract(epoch from statement_timestamp()) - part[2]::bigint) > 900 then
    return null;
  end if;
  return part[1]::uuid;
end $$;
