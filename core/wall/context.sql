-- Who acts, and how deep they see: the database's own sum, read by every policy.
--
-- Written apart from accounts/scope.py on purpose: the two walls must not share a mistake. Settings
-- are transaction-local, always. A role's depths stand here a second time (docs/how-to/add-a-role.md).

-- On cases a person is assigned to. A safeguarding lead who is named in a sealed case knows that
-- it exists.
create function team_depth(role text) returns integer
immutable language sql as $$
  select case role
    when 'field_officer' then 3 when 'aftercare_worker' then 3
    when 'legal_officer' then 3 when 'case_manager' then 3
    when 'safeguarding_lead' then 1
    else 0 end $$;

-- On every case of the office.
create function office_depth(role text) returns integer
immutable language sql as $$
  select case role
    when 'field_officer' then 1 when 'aftercare_worker' then 1 when 'legal_officer' then 1
    when 'case_manager' then 3 when 'data_officer' then 2 when 'safeguarding_lead' then 1
    else 0 end $$;

-- Fills the settings for who acts: nobody (null) sees nothing.
create function open_context(who uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  depth int;
  prosecutor boolean;
  worlds boolean[];
  team uuid[] := '{}';
  glass uuid[] := '{}';
  conflicts uuid[];
  offices uuid[];
begin
  select coalesce(max(team_depth(m.role)), 0), coalesce(bool_or(m.role = 'prosecutor'), false),
         array_agg(distinct o.is_practice)
    into depth, prosecutor, worlds
    from accounts_membership m join accounts_user u on u.id = m.user_id and u.is_active
    join accounts_office o on o.id = m.office_id
   where m.user_id = who and m.started_at <= statement_timestamp()
     and (m.ended_at is null or m.ended_at > statement_timestamp());
  if depth > 0 then
    select coalesce(array_agg(a.case_id), '{}') into team
      from casework_assignment a
      join accounts_office o on o.id = a.office_id and o.is_practice = any (worlds)
     where a.user_id = who and (a.ended_at is null or a.ended_at > statement_timestamp())
       and (a.level < 4 or a.named);
  end if;
  if depth > 2 then
    select coalesce(array_agg(g.case_id), '{}') into glass
      from casework_breakglass g
     where g.user_id = who and g.status = 'open' and g.level < 4
       and g.expires_at > statement_timestamp()
       and g.session = nullif(current_setting('app.session', true), '')::uuid;
  end if;
  for lvl in 1..3 loop
    select coalesce(array_agg(distinct reach.id), '{}') into offices
      from accounts_membership m
      join accounts_user u on u.id = m.user_id and u.is_active
      join accounts_office own on own.id = m.office_id
      join accounts_office reach on reach.id = own.id or own.is_global and not reach.is_practice
     where m.user_id = who and m.started_at <= statement_timestamp()
       and (m.ended_at is null or m.ended_at > statement_timestamp())
       and office_depth(m.role) >= lvl;
    perform set_config('app.offices_l' || lvl, offices::text, true);
    perform set_config('app.cases_l' || lvl,
                       case when depth >= lvl then team else '{}'::uuid[] end::text, true);
  end loop;
  -- Documents and evidence are opened by no emergency.
  perform set_config('app.shown_' || part.name,
                     (case when part.name = 'document' then '{}' else glass end
                      || coalesce(told.cases, '{}'))::text, true)
    from unnest(array['case', 'team', 'rescue', 'narrative', 'site', 'people', 'identity',
                      'suspect', 'court', 'document', 'care']) as part (name)
    left join lateral (
      select array_agg(d.case_id) as cases from casework_disclosure d
       where prosecutor and d.user_id = who and d.status = 'confirmed'
         and d.expires_at > statement_timestamp() and (d.level < 4 or d.named)
         and (part.name = 'case' or part.name = any (d.parts))) told on true;
  select coalesce(array_agg(c.case_id), '{}') into conflicts
    from casework_conflict c where c.user_id = who and c.status = 'holds';
  perform set_config('app.user_id', coalesce(who::text, ''), true);
  perform set_config('app.conflicts', conflicts::text, true);
  perform set_config('pghistory.context_metadata',
                     json_build_object('user', who)::text, true);
end $$;
