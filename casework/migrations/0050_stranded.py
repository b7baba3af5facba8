"""What would be open to nobody if a person left: numbers by office, for who sees no case."""

from django.db import migrations

STRANDED_BY = """
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
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0031_life_walls"),
        ("accounts", "0020_held"),
    ]
    operations = [migrations.RunSQL(STRANDED_BY, "drop function stranded_by(uuid, uuid);")]
