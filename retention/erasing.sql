-- What erases a case, or one survivor in every case: only here are rows of cases deleted, and only
-- with two persons' word.
--
-- `retention_erase_rows` is made from retention/declared.py, for the owner alone. Who serves calls
-- `retention_erase`, which asks again what Python asked: confirmed by two persons, thirty days
-- gone, the case still closed (of a survivor it may be open), no hold. Hold and erasure lock the case, so that in any order one
-- of them sees the other.

-- Whether one of these ids stands in a text that the program wrote.
create function mentions(said text, ids uuid[]) returns boolean
immutable language sql as $$
  select exists (
    select from regexp_matches(said, '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'g') found
     where found[1]::uuid = any (ids)) $$;

-- The records of everybody in this case who is in no other one, merged records among them.
create function retention_victims_of(which uuid) returns setof uuid
stable language sql security definer set search_path = public, pg_temp as $$
  with persons as (
    select distinct coalesce(v.merged_into_id, v.id) as person
      from victims_involvement i join victims_victim v on v.id = i.victim_id
     where i.case_id = which
  )
  select v.id from victims_victim v join persons p on p.person = coalesce(v.merged_into_id, v.id)
   where not exists (
     select from victims_involvement i join victims_victim r on r.id = i.victim_id
      where i.case_id <> which and coalesce(r.merged_into_id, r.id) = p.person) $$;
revoke all on function retention_victims_of(uuid) from public;

-- All records of one person.
create function retention_records_of(person uuid) returns setof uuid
stable language sql security definer set search_path = public, pg_temp as $$
  select v.id from victims_victim v
   where coalesce(v.merged_into_id, v.id) =
         (select coalesce(p.merged_into_id, p.id) from victims_victim p where p.id = person) $$;
revoke all on function retention_records_of(uuid) from public;
grant execute on function retention_records_of(uuid) to casework_worker;

create function retention_offenders_of(which uuid) returns setof uuid
stable language sql security definer set search_path = public, pg_temp as $$
  with persons as (
    select distinct coalesce(o.merged_into_id, o.id) as person
      from prosecutions_suspect s join prosecutions_perpetrator o on o.id = s.perpetrator_id
     where s.case_id = which
  )
  select o.id from prosecutions_perpetrator o
    join persons p on p.person = coalesce(o.merged_into_id, o.id)
   where not exists (
     select from prosecutions_suspect s join prosecutions_perpetrator r on r.id = s.perpetrator_id
      where s.case_id <> which and coalesce(r.merged_into_id, r.id) = p.person) $$;
revoke all on function retention_offenders_of(uuid) from public;

create function retention_networks_of(which uuid) returns setof uuid
stable language sql security definer set search_path = public, pg_temp as $$
  select n.id from prosecutions_network n
   where exists (select from prosecutions_networkmember m
                  where m.network_id = n.id and m.case_id = which)
     and not exists (select from prosecutions_networkmember m
                      where m.network_id = n.id and m.case_id <> which)
     and not exists (select from prosecutions_corridor c
                      where c.network_id = n.id and c.case_id <> which) $$;
revoke all on function retention_networks_of(uuid) from public;

-- The cases that a hold on this person holds.
create function retention_cases_of(person uuid) returns setof uuid
stable language sql security definer set search_path = public, pg_temp as $$
  select i.case_id from victims_involvement i
   where i.victim_id in (select retention_records_of(person)) $$;
revoke all on function retention_cases_of(uuid) from public;

-- A hold waits for an erasure under way, and an erasure for it: also of a person's other cases.
create function retention_hold_locks() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from casework_case c
    where c.id = new.case_id or c.id in (select retention_cases_of(new.victim_id))
    order by c.id for share;
  return new;
end $$;
create trigger retention_legalhold_locks before insert on retention_legalhold
  for each row execute function retention_hold_locks();

-- Whether a case must not be erased: yes or no, whatever the asker may see of the hold.
create function retention_is_held(which uuid) returns boolean
stable language sql security definer set search_path = public, pg_temp as $$
  select exists (
    select from retention_legalhold h
     where h.status in ('asked', 'holds', 'lifting')
       and case when h.victim_id is null then h.case_id = which
                else which in (select retention_cases_of(h.victim_id)) end) $$;

-- Whether one of the cases of a person is held, by whatever hold.
create function retention_person_is_held(person uuid) returns boolean
stable language sql security definer set search_path = public, pg_temp as $$
  select exists (select from retention_cases_of(person) c where retention_is_held(c)) $$;

-- The country a place is in.
create function retention_country_of(place uuid) returns uuid
stable language sql security definer set search_path = public, pg_temp as $$
  select l.ancestor_id from places_jurisdictionclosure l join places_jurisdiction j
      on j.id = l.ancestor_id and j.level = 'country'
   where l.descendant_id = place limit 1 $$;

-- Every closed case with the policies it needs: one for each kind of person in it. `due_on` is
-- empty where one of them is not set. For the worker alone.
create function retention_clock(today date)
returns table (of_case uuid, country uuid, due_on date, basis text, held boolean)
stable language sql security definer set search_path = public, pg_temp as $$
  with closed as (
    select c.id, c.closed_on, retention_country_of(c.jurisdiction_id) as country
      from casework_case c where c.closed_on is not null
  ), needs as (
    select k.id, k.closed_on, k.country, 'survivors' as kind,
           case when v.age_min_months >= 216 then 'adult' else 'child' end as person
      from closed k join victims_involvement i on i.case_id = k.id
      join victims_victim v on v.id = i.victim_id
    union
    select k.id, k.closed_on, k.country, 'inquiry', '' from closed k
     where not exists (select from victims_involvement i where i.case_id = k.id)
  ), policies as (
    select distinct on (p.country_id, p.kind, p.person) p.*
      from retention_policy p where p.outcome = 'confirmed' and p.begins_on <= today
     order by p.country_id, p.kind, p.person, p.begins_on desc, p.decided_at desc, p.id desc
  )
  select n.id, n.country,
         case when bool_and(p.id is not null)
              then max((n.closed_on + make_interval(years => p.years))::date) end,
         string_agg(distinct p.legal_source, '; '),
         retention_is_held(n.id)
    from needs n left join policies p on p.country_id = n.country and p.kind = n.kind
                                     and p.person = n.person
   group by n.id, n.country $$;
revoke all on function retention_clock(date) from public;
grant execute on function retention_clock(date) to casework_worker;

-- What figures go on counting of it: a year, a country, a programme, a band. Of a person who was
-- brought to safety in another case as well, that case goes on telling; unless one survivor is
-- erased (`which` is empty), who goes from every case.
create function retention_leave_anonymous(which uuid, victims uuid[]) returns void
language sql security definer set search_path = public, pg_temp as $$
  with about as (
    select c.id, c.programme, c.jurisdiction_id from casework_case c
     where c.level < 4
       and not exists (select from accounts_office o where o.id = c.office_id and o.is_practice)
       and (c.id = which
            or which is null and c.id in (select i.case_id from victims_involvement i
                                           where i.victim_id = any (victims)))
  ), met as (
    select distinct on (coalesce(v.merged_into_id, v.id)) a.programme, i.outcome,
           retention_country_of(r.jurisdiction_id) as country,
           extract(year from r.occurred_on)::int as year,
           v.age_min_months as low, v.age_max_months as high,
           exists (select from aftercare_servicerecord s join victims_involvement o
                      on o.id = s.involvement_id and o.victim_id = i.victim_id) as served
      from about a join victims_involvement i on i.case_id = a.id
      join casework_rescue r on r.id = i.rescue_id
      join victims_victim v on v.id = i.victim_id
     where i.outcome in ('rescued', 'declined')
       and (which is not null or i.victim_id = any (victims))
       and not exists (select from victims_exploitation e
                        where e.involvement_id = i.id and e.status = 'NotAVictimOfTrafficking')
       and not exists (select from victims_involvement j join victims_victim w on w.id = j.victim_id
                        where which is not null and coalesce(w.merged_into_id, w.id) = coalesce(v.merged_into_id, v.id)
                          and j.case_id <> which and j.outcome = i.outcome)
     order by coalesce(v.merged_into_id, v.id), i.outcome desc, r.occurred_on
  ), arrested as (
    select distinct on (coalesce(o.merged_into_id, o.id)) a.programme,
           retention_country_of(r.jurisdiction_id) as country,
           extract(year from r.occurred_on)::int as year
      from about a join prosecutions_arrest t on t.case_id = a.id
      join casework_rescue r on r.id = t.rescue_id
      join prosecutions_suspect s on s.id = t.suspect_id
      join prosecutions_perpetrator o on o.id = s.perpetrator_id
     where which is not null
     order by coalesce(o.merged_into_id, o.id), r.occurred_on
  )
  insert into reports_anonymousrow (id, what, served, country_id, year, programme, band)
  select gen_random_uuid(), m.outcome, m.served, m.country, m.year, m.programme,
         case when m.low >= 0 and m.high <= 155 then '0-12'
              when m.low >= 156 and m.high <= 215 then '13-17'
              when m.low >= 216 then '18+' else 'unknown' end
    from met m
  union all
  select gen_random_uuid(), 'arrested', false, t.country, t.year, t.programme, '' from arrested t
  union all
  select gen_random_uuid(), 'rescue', false, retention_country_of(r.jurisdiction_id),
         extract(year from r.occurred_on)::int, a.programme, ''
    from about a join casework_rescue r on r.case_id = a.id where which is not null $$;
revoke all on function retention_leave_anonymous(uuid, uuid[]) from public;

-- Erase what was confirmed. Says why not, in one word, or which ids and files are gone.
create function retention_erase(which uuid)
returns table (refused text, gone uuid[], files uuid[], taken uuid[])
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  asked retention_erasure;
begin
  select * into asked from retention_erasure e where e.id = which for update;
  refused := case
    when asked.id is null or asked.status <> 'confirmed' or asked.first_by_id = asked.second_by_id
         or asked.not_before > statement_timestamp() then 'unconfirmed'
    when asked.of_person is null then retention_case_stays(asked.of_case)
    else retention_person_stays(asked.of_person) end;
  if refused is null then
    select r.gone, r.files, r.taken into gone, files, taken
      from retention_erase_rows(
             case when asked.of_person is null then asked.of_case end, asked.of_person,
             asked.papers, asked.tombstone, asked.country_id, asked.basis, current_date) r;
  end if;
  return next;
end $$;
revoke all on function retention_erase(uuid) from public;
grant execute on function retention_erase(uuid) to casework_worker;

-- Why it stays; nothing where it may go, and then nobody can hold it before it is gone.
create function retention_case_stays(which uuid) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  closed date;
begin
  select c.closed_on into closed from casework_case c where c.id = which for update;
  return case when closed is null then 'open' when retention_is_held(which) then 'held' end;
end $$;
revoke all on function retention_case_stays(uuid) from public;

create function retention_person_stays(person uuid) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from casework_case c where c.id in (select retention_cases_of(person))
    order by c.id for update;
  return case when retention_person_is_held(person) then 'held' end;
end $$;
revoke all on function retention_person_stays(uuid) from public;
