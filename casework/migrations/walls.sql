-- The database's own sum of who may see what. Written apart from accounts/scope.py on purpose:
-- the two walls must not share a mistake. Settings are transaction-local, always.

create function casework_copy_scope() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select c.office_id, case when c.level = 4 then 4 else tg_argv[0]::int end
    into new.office_id, new.level
    from casework_case c where c.id = new.case_id;
  return new;
end $$;

create function casework_follow_case() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  execute format('update %I set office_id = $1 where case_id = $2', tg_argv[0])
    using new.office_id, new.id;
  return null;
end $$;

create function team_depth(role text) returns int immutable language sql as $$
  select case role
    when 'field_officer' then 3 when 'aftercare_worker' then 3
    when 'legal_officer' then 3 when 'case_manager' then 3
    else 0 end $$;

create function office_depth(role text) returns int immutable language sql as $$
  select case role
    when 'field_officer' then 1 when 'aftercare_worker' then 1 when 'legal_officer' then 1
    when 'case_manager' then 3 when 'data_officer' then 2 when 'safeguarding_lead' then 1
    else 0 end $$;

create function open_context(who uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  depth int;
  team uuid[] := '{}';
  offices uuid[];
begin
  select coalesce(max(team_depth(m.role)), 0) into depth
    from accounts_membership m join accounts_user u on u.id = m.user_id and u.is_active
   where m.user_id = who and m.started_at <= statement_timestamp() and (m.ended_at is null or m.ended_at > statement_timestamp());
  if depth > 0 then
    select coalesce(array_agg(a.case_id), '{}') into team
      from casework_assignment a
     where a.user_id = who and (a.ended_at is null or a.ended_at > statement_timestamp())
       and (a.level < 4 or a.named);
  end if;
  for lvl in 1..3 loop
    select coalesce(array_agg(distinct reach.id), '{}') into offices
      from accounts_membership m
      join accounts_user u on u.id = m.user_id and u.is_active
      join accounts_office own on own.id = m.office_id
      join accounts_office reach on reach.id = own.id or own.is_global
     where m.user_id = who and m.started_at <= statement_timestamp() and (m.ended_at is null or m.ended_at > statement_timestamp())
       and office_depth(m.role) >= lvl;
    perform set_config('app.offices_l' || lvl, offices::text, true);
    perform set_config('app.cases_l' || lvl,
                       case when depth >= lvl then team else '{}'::uuid[] end::text, true);
  end loop;
  perform set_config('app.user_id', coalesce(who::text, ''), true);
  perform set_config('app.conflicts', '{}', true);
  perform set_config('pghistory.context_metadata',
                     json_build_object('user', who)::text, true);
end $$;

create function role_counts(role text) returns boolean immutable language sql as $$
  select role in ('field_officer', 'aftercare_worker', 'legal_officer', 'case_manager',
                  'programme_manager', 'data_officer') $$;

-- What a reader's figures are made of: whole offices without sealed cases, and sealed cases that
-- name the reader. Nobody (null) is the built-in reporter: every office.
create function open_count_context(who uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  offices uuid[];
  named uuid[] := '{}';
begin
  if who is null then
    select coalesce(array_agg(id), '{}') into offices from accounts_office;
  else
    select coalesce(array_agg(distinct reach.id), '{}') into offices
      from accounts_membership m
      join accounts_user u on u.id = m.user_id and u.is_active
      join accounts_office own on own.id = m.office_id
      join accounts_office reach on reach.id = own.id or own.is_global
     where m.user_id = who and m.started_at <= statement_timestamp()
       and (m.ended_at is null or m.ended_at > statement_timestamp()) and role_counts(m.role);
    select coalesce(array_agg(a.case_id), '{}') into named
      from casework_assignment a
     where a.user_id = who and a.level = 4 and a.named and cardinality(offices) > 0
       and (a.ended_at is null or a.ended_at > statement_timestamp());
  end if;
  perform set_config('app.counted', offices::text, true);
  perform set_config('app.counted_cases', named::text, true);
end $$;
