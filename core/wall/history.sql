-- The history: whoever acts adds to it; to read it one needs a reason. Nobody changes it.
--
-- All of it is read by an auditor; events about cases one may see, and one's own, by everybody.

create function core_refuse_change() returns trigger
language plpgsql as $$
begin
  -- What two persons took away by an act of the history itself (retention/old.sql). No role that
  -- serves may delete, whatever it sets.
  if tg_op = 'DELETE' and tg_table_name = 'core_auditevent'
     and current_setting('casework.removing', true) = 'on' then
    return old;
  end if;
  raise exception 'audit events are append-only';
end $$;
create trigger core_auditevent_append_only before update or delete on core_auditevent
  for each row execute function core_refuse_change();

create function is_auditor() returns boolean
stable language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return exists (
    select 1 from accounts_membership m join accounts_user u on u.id = m.user_id and u.is_active
     where m.user_id = nullif(current_setting('app.user_id', true), '')::uuid
       and m.role = 'auditor' and m.started_at <= statement_timestamp()
       and (m.ended_at is null or m.ended_at > statement_timestamp()));
end $$;

-- Numbers only: the rows come through the wall. Behind it no index on arrays could be used.
create function events_naming(wanted uuid[]) returns setof bigint
stable language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return query select e.id from core_auditevent e where e.subjects && wanted;
end $$;

-- What was done to a row of reference data: of these tables alone, which hold nobody's data, so that
-- whoever keeps them reads who changed what. No reads, and of the detail only which fields.
create function changes_of_reference(row_id uuid)
  returns table (at timestamptz, action text, actor uuid, fields jsonb)
stable language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return query
    select e.at, e.action::text, e.actor_id, coalesce(e.detail->'fields', '[]'::jsonb)
      from core_auditevent e
     where e.subjects && array[row_id] and e.kind = 'intention' and e.target_id = row_id::text
       and e.target_type in ('places.Jurisdiction', 'places.Agency', 'accounts.Office',
                             'aftercare.Provider', 'casework.TaskRule', 'places.Choice',
                             'prosecutions.LawVersion')
     order by e.id desc limit 50;
end $$;

-- The plan of a rescue names its own readers, so events about it name no case.
create function sees_case_among(subjects uuid[]) returns boolean
stable language plpgsql as $$
begin
  return exists (select 1 from casework_case c where c.id = any (subjects))
      or exists (select 1 from casework_rescueplan p where p.id = any (subjects));
end $$;

-- For an auditor, who sees no team: who read content of how many cases after leaving their teams. A
-- page that only says that a case exists is none, nor is an emergency opening, which is reviewed.
create function read_after_leaving(begins timestamptz, ends timestamptz)
  returns table (actor uuid, cases bigint)
stable language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not is_auditor() then
    return;
  end if;
  return query
    select e.actor_id, count(distinct e.case_id)
      from core_auditevent e
     where e.at >= begins and e.at < ends and e.kind = 'read' and e.case_id is not null
       and coalesce(e.detail->>'content', 'true') <> 'false'
       and exists (select from casework_assignment a
                    where a.user_id = e.actor_id and a.case_id = e.case_id and a.ended_at < e.at)
       and not exists (select from casework_assignment a
                        where a.user_id = e.actor_id and a.case_id = e.case_id
                          and (a.ended_at is null or a.ended_at >= e.at))
       and not exists (select from casework_breakglass g
                        where g.user_id = e.actor_id and g.case_id = e.case_id
                          and e.at between g.created_at and g.expires_at)
     group by 1 order by 2 desc, 1;
end $$;

create policy anyone_adds on core_auditevent for insert to casework_app, casework_worker
  with check (true);
create policy with_reason on core_auditevent for select to casework_app, casework_worker
  using ((select is_auditor())
         or actor_id = nullif(current_setting('app.user_id', true), '')::uuid
         or sees_case_among(subjects));
create policy owner_maintains on core_auditevent to current_user using (true) with check (true);

-- In place of the function of pghistory: former values keep their context inline and need INSERT
-- only, so no row of pghistory_context is made.
create function _pgh_attach_context() returns uuid
immutable language sql as $$select null::uuid$$;
