-- Records that may be of the same person: read and noted by the worker alone, at night
-- (core/alike/matching.py). Sealed cases take no part, nor do those of practice.

create function victims_in_no_sealed_case_only(person uuid) returns boolean
stable language sql set search_path = public, pg_temp as $$
  select exists (select from victims_involvement i join accounts_office o on o.id = i.office_id
                  where i.victim_id = person and i.level < 4 and not o.is_practice) $$;
revoke all on function victims_in_no_sealed_case_only(uuid) from public;

-- Names as they lie: encrypted. The key is the worker's.
create function victims_identities_to_match()
returns table (id uuid, victim_id uuid, full_name bytea, latin_name bytea, born_on bytea, person uuid, sex text)
stable language sql security definer set search_path = public, pg_temp as $$
  select i.id, i.victim_id, i.full_name, i.latin_name, i.born_on,
         coalesce(v.merged_into_id, v.id), v.sex
    from victims_identity i join victims_victim v on v.id = i.victim_id
   where victims_in_no_sealed_case_only(v.id) order by i.id $$;
revoke all on function victims_identities_to_match() from public;
grant execute on function victims_identities_to_match() to casework_worker;

-- The same of former names.
create function victims_former_to_match()
returns table (id uuid, victim_id uuid, value bytea)
stable language sql security definer set search_path = public, pg_temp as $$
  select f.id, f.victim_id, f.value from victims_formeridentity f
   where f.field in ('full_name', 'latin_name') and victims_in_no_sealed_case_only(f.victim_id)
   order by f.id $$;
revoke all on function victims_former_to_match() from public;
grant execute on function victims_former_to_match() to casework_worker;

-- New pairs are written down, those nobody judged follow, those found no more go unless somebody
-- confirmed one.
create function victims_note_matches(ones uuid[], others uuid[], hundredths integer[]) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  fresh int;
begin
  create temp table found on commit drop as
    select * from unnest(ones, others, hundredths) as t (one, other, likeness);
  delete from victims_match m
   where status = 'open'
     and not exists (select from victims_confirmation c where c.match_id = m.id)
     and not exists (select from found f where (f.one, f.other) = (m.one_id, m.other_id));
  update victims_match m set likeness = f.likeness, updated_at = statement_timestamp()
    from found f where (f.one, f.other) = (m.one_id, m.other_id) and m.likeness <> f.likeness;
  insert into victims_match (id, version, created_at, updated_at, one_id, other_id, likeness, status)
  select gen_random_uuid(), 1, statement_timestamp(), statement_timestamp(), one, other, likeness,
         'open'
    from found on conflict (one_id, other_id) do nothing;
  get diagnostics fresh = row_count;
  drop table found;
  return fresh;
end $$;
revoke all on function victims_note_matches(uuid[],uuid[],integer[]) from public;
grant execute on function victims_note_matches(uuid[],uuid[],integer[]) to casework_worker;

-- Whether nothing of these persons is closed to the asker; yes or no.
create function victims_wholly_open(persons uuid[]) returns boolean
stable language sql security definer set search_path = public, pg_temp as $$
  select not exists (select from victims_involvement link
                      where link.victim_id = any (persons)
                        and not coalesce(
      (link.case_id = any ((select nullif(current_setting('app.cases_l2', true), '')::uuid[])::uuid[])
       or (link.level < 4 and link.office_id
           = any ((select nullif(current_setting('app.offices_l2', true), '')::uuid[])::uuid[])))
      and not (link.case_id
               = any ((select nullif(current_setting('app.conflicts', true), '')::uuid[])::uuid[])),
      false)) $$;
revoke all on function victims_wholly_open(uuid[]) from public;
grant execute on function victims_wholly_open(uuid[]) to casework_app, casework_worker;

-- Names of offenders, for the same comparison.
create function prosecutions_to_match()
returns table (record uuid, person uuid, kind text, sex text, name text)
stable language sql security definer set search_path = public, pg_temp as $$
  select p.id, coalesce(p.merged_into_id, p.id), p.kind, p.sex, said.name
    from prosecutions_perpetrator p
    join (select id of, name from prosecutions_perpetrator
           union all select perpetrator_id, name from prosecutions_alias) said on said.of = p.id
   where said.name <> ''
     and exists (select from prosecutions_suspect s join accounts_office o on o.id = s.office_id
                  where s.perpetrator_id = p.id and s.level < 4 and not o.is_practice)
   order by p.id $$;
revoke all on function prosecutions_to_match() from public;
grant execute on function prosecutions_to_match() to casework_worker;

-- As for survivors; of offenders nothing is confirmed.
create function prosecutions_note_matches(ones uuid[], others uuid[], hundredths integer[]) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  fresh int;
begin
  create temp table found on commit drop as
    select * from unnest(ones, others, hundredths) as t (one, other, likeness);
  delete from prosecutions_offendermatch m
   where status = 'open'
     and not exists (select from found f where (f.one, f.other) = (m.one_id, m.other_id));
  update prosecutions_offendermatch m set likeness = f.likeness, updated_at = statement_timestamp()
    from found f where (f.one, f.other) = (m.one_id, m.other_id) and m.likeness <> f.likeness;
  insert into prosecutions_offendermatch
         (id, version, created_at, updated_at, one_id, other_id, likeness, status)
  select gen_random_uuid(), 1, statement_timestamp(), statement_timestamp(), one, other, likeness,
         'open'
    from found on conflict (one_id, other_id) do nothing;
  get diagnostics fresh = row_count;
  drop table found;
  return fresh;
end $$;
revoke all on function prosecutions_note_matches(uuid[],uuid[],integer[]) from public;
grant execute on function prosecutions_note_matches(uuid[],uuid[],integer[]) to casework_worker;
