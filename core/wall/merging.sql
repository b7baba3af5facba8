-- Two rows of reference data that are the same: whatever names the one names the other from now on.
--
-- Also rows of cases that whoever merges may not see, as a system administrator sees none. Which
-- columns name such a row is asked of the database, so that a table that is added follows by itself.
-- The former values of each row keep what it named before, and who changed it.

create function merge_reference(kind text, gone uuid, kept uuid) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  keeper constant text := case kind when 'places_agency' then 'system_admin'
                                    when 'places_jurisdiction' then 'system_admin'
                                    when 'aftercare_provider' then 'case_manager' end;
  naming record;
  found bigint;
  moved bigint := 0;
begin
  if keeper is null or not exists (
    select from accounts_membership m join accounts_user u on u.id = m.user_id and u.is_active
     where m.user_id = vouched_person() and m.role = keeper
       and m.started_at <= statement_timestamp()
       and (m.ended_at is null or m.ended_at > statement_timestamp())) then
    perform refuse('only whoever keeps such rows may merge two of them');
  end if;
  -- Both took part in one rescue: it is one of them, who led if either did.
  update casework_rescueagency g
     set removed_at = now(), updated_at = now(), version = g.version + 1
    from casework_rescueagency k
   where g.agency_id = gone and k.agency_id = kept and k.rescue_id = g.rescue_id
     and g.removed_at is null and k.removed_at is null;
  update casework_rescueagency k
     set led = true, updated_at = now(), version = k.version + 1
    from casework_rescueagency g
   where g.agency_id = gone and k.agency_id = kept and k.rescue_id = g.rescue_id
     and g.removed_at = now() and g.led and not k.led and k.removed_at is null;
  for naming in
    select said.tab, said.col,
           case when exists (select from pg_attribute v where v.attrelid = said.tab
                              and v.attname = 'version' and not v.attisdropped)
                then ', version = version + 1, updated_at = now()' else '' end as noted,
           case when exists (select from pg_attribute m where m.attrelid = said.tab
                              and m.attname = 'merged_into_id' and not m.attisdropped)
                then ' and merged_into_id is null' else '' end as standing
      from (select c.conrelid::regclass as tab, a.attname as col
              from pg_constraint c
              join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
             where c.contype = 'f' and c.confrelid = kind::regclass
            union all
            select recipients::regclass, 'recipient_id'
              from unnest(array['victims_consent', 'victims_share', 'victims_withdrawal']) recipients
           ) said
     where said.col <> 'merged_into_id' and said.tab <> 'places_jurisdictionclosure'::regclass
     order by 1, 2
  loop
    execute format('update %s set %I = $1%s where %I = $2%s',
                   naming.tab, naming.col, naming.noted, naming.col, naming.standing)
      using kept, gone;
    get diagnostics found = row_count;
    moved := moved + found;
  end loop;
  return moved;
end $$;
revoke all on function merge_reference(text,uuid,uuid) from public;
grant execute on function merge_reference(text,uuid,uuid) to casework_app;
