-- Limits of law by their day, where the database derives from them (prosecutions/laws.py says the
-- same for pages; tests/prosecutions/test_law_limits.py holds the two together).

-- What the law of a country says on a day of an offence under this provision, or of one not known.
create function law_limit(of_kind text, of_country text, under uuid, day date) returns int
stable language plpgsql set search_path = public, pg_temp as $$
begin
  return (
    select (t.terms->>'amount')::int
      from (select distinct on (v.terms - 'amount') v.terms,
                   v.terms->>'life' = 'false' and v.terms->>'least' is null
                     and v.terms->>'above' is null as for_all
              from prosecutions_lawversion v join places_jurisdiction j on j.id = v.country_id
             where v.kind = of_kind and v.outcome = 'confirmed' and j.code = of_country
               and (v.begins_on is null or v.begins_on <= day)
             order by v.terms - 'amount', v.begins_on desc nulls last) t
      left join prosecutions_provision p on p.id = under
     where t.terms->>'amount' is not null
       and (t.for_all or (t.terms->>'life' = 'true' and p.life_possible)
            or p.min_years >= (t.terms->>'least')::numeric
            or p.max_years > (t.terms->>'above')::numeric)
     order by t.for_all, (t.terms->>'amount')::int desc limit 1);
end $$;

-- The shortest limitation of the country of a place, for an offence that ended on this day.
create function shortest_limitation(place text, day date) returns int
stable language plpgsql set search_path = public, pg_temp as $$
begin
  return (
    select min((t.terms->>'amount')::int)
      from (select distinct on (v.terms - 'amount') v.terms
              from prosecutions_lawversion v join places_jurisdiction j on j.id = v.country_id
             where v.kind = 'limitation' and v.outcome = 'confirmed' and j.code = left(place, 2)
               and (v.begins_on is null or v.begins_on <= day)
             order by v.terms - 'amount', v.begins_on desc nulls last) t);
end $$;

-- A version that was confirmed holds at once: for who is in custody since its day and has no limit of
-- another reason, for whose hours still run since an arrest, and for what is asked of cases there.
create function follow_law() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  there text := (select code from places_jurisdiction where id = new.country_id);
begin
  update prosecutions_custody k
     set charge_by = m.charge_by, court_by = m.court_by,
         version = k.version + 1, updated_at = statement_timestamp()
    from (select h.id,
                 h.since + law_limit('charge', there, h.provision_id, h.since) as charge_by,
                 (h.since + coalesce(h.since_at, '00:00')) at time zone j.time_zone
                   + make_interval(hours => law_limit('court', there, h.provision_id, h.since))
                   as court_by
            from prosecutions_custody h
            join casework_case c on c.id = h.case_id
            join places_jurisdiction j on j.id = c.jurisdiction_id
            left join prosecutions_provision p on p.id = h.provision_id
            left join places_jurisdiction l on l.id = p.jurisdiction_id
           where h.ended_on is null and h.limit_reason = '' and new.kind in ('court', 'charge')
             and h.since >= new.begins_on and left(coalesce(l.code, j.code), 2) = there) m
   where m.id = k.id and (k.charge_by, k.court_by) is distinct from (m.charge_by, m.court_by);
  update prosecutions_arrest a
     set presumed_until = m.until, version = a.version + 1, updated_at = statement_timestamp()
    from (select h.id,
                 (h.arrested_on + coalesce(h.arrested_at, '00:00')) at time zone j.time_zone
                   + make_interval(hours => law_limit('court', there, null, h.arrested_on)) as until
            from prosecutions_arrest h
            join casework_case c on c.id = h.case_id
            left join casework_rescue r on r.id = h.rescue_id
            join places_jurisdiction j on j.id = coalesce(r.jurisdiction_id, c.jurisdiction_id)
           where new.kind = 'court' and h.presumed_until > statement_timestamp()
             and h.arrested_on >= new.begins_on and left(j.code, 2) = there) m
   where m.id = a.id and m.until is not null and a.presumed_until <> m.until;
  insert into casework_askagain (case_id, office_id, noted_by)
    select c.id, c.office_id, pg_current_xact_id()::text::bigint
      from casework_case c join places_jurisdiction j on j.id = c.jurisdiction_id
     where new.kind = 'limitation' and left(j.code, 2) = there;
  return null;
end $$;
create trigger prosecutions_lawversion_holds after update on prosecutions_lawversion
  for each row when (new.outcome = 'confirmed' and old.outcome = '') execute function follow_law();

-- Whether a proceeding of a country filed since a day has a stage that is none of these, whoever may
-- see it: a version of the stages leaves none out that is on record. A yes or no, nothing else.
create function stage_outside(of_country text, since date, stages text[]) returns boolean
stable language sql security definer set search_path = public, pg_temp as $$
  select exists (select from prosecutions_stagereached r
                   join prosecutions_prosecution p on p.id = r.prosecution_id
                   join places_jurisdiction j on j.id = p.jurisdiction_id
                  where split_part(j.code, '-', 1) = of_country and p.filed_on >= since
                    and r.stage <> all (stages)) $$;
revoke all on function stage_outside(text, date, text[]) from public;
grant execute on function stage_outside(text, date, text[]) to casework_app;
