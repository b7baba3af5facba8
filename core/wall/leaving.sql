-- What rests on a person who leaves: numbers by office, for who sees no case. Sealed cases are in no
-- figure of anyone not named.

create function held_by(who uuid)
returns table (office_id uuid, cases bigint, alone bigint, tasks bigint, offers bigint)
stable language sql security definer set search_path = public, pg_temp as $$
  with mine as (
    select c.id, c.office_id from casework_assignment a join casework_case c on c.id = a.case_id
     where a.user_id = who and a.level < 4 and c.status <> 'closed'
       and a.started_at <= statement_timestamp()
       and (a.ended_at is null or a.ended_at > statement_timestamp())
  ), others as (
    select distinct a.case_id from casework_assignment a
      join accounts_user u on u.id = a.user_id and u.is_active
      join accounts_membership m on m.user_id = u.id and team_depth(m.role) > 1
       and m.started_at <= statement_timestamp()
       and (m.ended_at is null or m.ended_at > statement_timestamp())
     where a.user_id <> who and a.case_id in (select id from mine)
       and (a.ended_at is null or a.ended_at > statement_timestamp())
  ), held as (
    select m.office_id, 1 as cases, (m.id not in (select case_id from others))::int as alone,
           0 as tasks, 0 as offers
      from mine m
    union all
    select t.office_id, 0, 0, 1, 0
      from casework_task t join casework_case c on c.id = t.case_id
     where t.assignee_id = who and t.status = 'open' and t.level < 4 and c.status <> 'closed'
    union all
    select t.office_id, 0, 0, 0, 1 from casework_transfer t
     where t.to_person_id = who and t.status = 'waiting' and t.level < 4
  )
  select h.office_id, sum(h.cases), sum(h.alone), sum(h.tasks), sum(h.offers)
    from held h group by h.office_id $$;

-- What would be left to nobody: sealed cases that only they are named in, offices without a manager.
create function stranded_by(who uuid, only_role uuid)
returns table (office_id uuid, sealed bigint, unmanaged bigint)
stable language sql security definer set search_path = public, pg_temp as $$
  with held as (
    select m.id, m.user_id, m.office_id, m.role
      from accounts_membership m join accounts_user u on u.id = m.user_id and u.is_active
     where m.started_at <= statement_timestamp()
       and (m.ended_at is null or m.ended_at > statement_timestamp())
  ), leaving as (
    select * from held where user_id = who and (only_role is null or id = only_role)
  ), staying as (
    select * from held where id not in (select id from leaving)
  ), readers as (
    select user_id from staying where team_depth(role) > 1
  ), named as (
    select a.case_id, a.user_id, c.office_id
      from casework_assignment a join casework_case c on c.id = a.case_id
     where a.named and c.level = 4 and c.status <> 'closed'
       and a.started_at <= statement_timestamp()
       and (a.ended_at is null or a.ended_at > statement_timestamp())
  ), lost as (
    select n.office_id, 1 as sealed, 0 as unmanaged from named n
     where n.user_id = who and who not in (select user_id from readers)
       and exists (select from leaving where team_depth(role) > 1)
       and not exists (select from named o join readers r on r.user_id = o.user_id
                        where o.case_id = n.case_id)
    union all
    select c.office_id, 0, 1 from casework_case c
     where c.status <> 'closed' and c.level < 4
       and c.office_id in (select office_id from leaving where role = 'case_manager')
       and not exists (select from staying s where s.role = 'case_manager'
                        and s.office_id = c.office_id)
  )
  select l.office_id, sum(l.sealed), sum(l.unmanaged) from lost l group by l.office_id $$;
