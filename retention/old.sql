-- The clocks of the history and of figures (retention/services/old.py).

-- Events that may go: linked, so that their digests stay; but for acts that took others away, which
-- verification reads, and for whatever names a case or a person that is held.
create function retention_old_events(until date) returns setof bigint
stable language sql security definer set search_path = public, pg_temp as $$
  with held as (
    select array(
      select h.case_id from retention_legalhold h
       where h.status in ('asked', 'holds', 'lifting') and h.victim_id is null
      union select c from retention_legalhold h, retention_cases_of(h.victim_id) c
       where h.status in ('asked', 'holds', 'lifting')
      union select r from retention_legalhold h, retention_records_of(h.victim_id) r
       where h.status in ('asked', 'holds', 'lifting')) as ids
  )
  select e.id from core_auditevent e join core_chainedevent c on c.event_id = e.id, held
   where e.at < until and e.action <> 'history.removed'
     and not coalesce(e.case_id = any (held.ids) or e.subjects && held.ids, false) $$;
revoke all on function retention_old_events(date) from public;

-- The same as runs of numbers with no other event between.
create function retention_old_ranges(until date)
returns table (first bigint, last bigint, events bigint)
stable language sql security definer set search_path = public, pg_temp as $$
  with old as (
    select o as id from retention_old_events(until) o
  ), placed as (
    select c.event_id as id, row_number() over (order by c.event_id) as place
      from core_chainedevent c where c.event_id <= (select max(o.id) from old o)
  ), going as (
    select p.id, p.place - row_number() over (order by p.id) as run
      from placed p join old o on o.id = p.id
  )
  select min(g.id), max(g.id), count(*) from going g group by g.run order by 1 $$;
revoke all on function retention_old_ranges(date) from public;
grant execute on function retention_old_ranges(date) to casework_worker;

-- Figures that were released stay with their release.
create function retention_old_figures(until date) returns setof uuid
stable language sql security definer set search_path = public, pg_temp as $$
  select s.id from reports_snapshot s
   where s.created_at < until
     and not exists (select from reports_releaseproposal p where p.snapshot_id = s.id) $$;
revoke all on function retention_old_figures(date) from public;

create function retention_has_old(kind text, until date) returns boolean
stable language sql security definer set search_path = public, pg_temp as $$
  select case kind when 'history' then exists (select from retention_old_events(until))
                   when 'figures' then exists (select from retention_old_figures(until)) end $$;
revoke all on function retention_has_old(text, date) from public;
grant execute on function retention_has_old(text, date) to casework_worker;

-- How many rows went; nothing while the act is not linked yet, or two persons did not confirm.
create function retention_take_old(which uuid) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  asked retention_erasure;
  ranges jsonb;
  gone bigint;
begin
  select * into asked from retention_erasure e where e.id = which for update;
  if asked.status is distinct from 'erasing' or asked.first_by_id = asked.second_by_id
     or asked.not_before > statement_timestamp() then
    return null;
  end if;
  if asked.of_kind = 'history' then
    select e.detail->'ranges' into ranges
      from core_auditevent e join core_chainedevent c on c.event_id = e.id
     where e.action = 'history.removed' and e.target_id = which::text
       and e.actor_id = asked.second_by_id
     order by e.id desc limit 1;
    if ranges is null then
      return null;
    end if;
    perform set_config('casework.removing', 'on', true);
    delete from core_auditevent e
     where e.id in (select o from retention_old_events(asked.until) o)
       and exists (select from jsonb_array_elements(ranges) r
                    where e.id between (r->>0)::bigint and (r->>1)::bigint);
    get diagnostics gone = row_count;
    perform set_config('casework.removing', 'off', true);
  elsif asked.of_kind = 'figures' then
    perform set_config('pgtrigger.ignore', array(
      select t.tgname from pg_trigger t where t.tgname ~ '^pgtrigger_append_only_')::text, true);
    delete from reports_keptids k
     where k.snapshot_id in (select o from retention_old_figures(asked.until) o);
    delete from reports_snapshot s where s.id in (select o from retention_old_figures(asked.until) o);
    get diagnostics gone = row_count;
    perform set_config('pgtrigger.ignore', '{}', true);
  end if;
  return gone;
end $$;
revoke all on function retention_take_old(uuid) from public;
grant execute on function retention_take_old(uuid) to casework_worker;
