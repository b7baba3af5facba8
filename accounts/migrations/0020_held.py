"""What rests on a person, for who has no case: numbers by office, without sealed cases."""

from django.db import migrations

HELD_BY = """
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
drop function open_assignments(uuid);
"""
FORMER = """
create function open_assignments(who uuid) returns table (office_id uuid, cases bigint)
stable language sql security definer set search_path = public, pg_temp as $$
  select a.office_id, count(*) from casework_assignment a join casework_case c on c.id = a.case_id
   where a.user_id = who and a.level < 4 and c.status <> 'closed'
     and a.started_at <= statement_timestamp()
     and (a.ended_at is null or a.ended_at > statement_timestamp())
   group by a.office_id $$;
drop function held_by(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_people"), ("casework", "0031_life_walls")]
    operations = [migrations.RunSQL(HELD_BY, FORMER)]
