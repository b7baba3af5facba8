"""Walls of what is completed about a person; consents of before become versions and shares."""

from django.db import migrations

from core import rls

PERSON = {"through": "victims_involvement", "key": "victim_id", "own": "victim_id"}
PEOPLE = ("exploitation", "routestop", "indicator", "share", "withdrawal")
RECEIVED = """
create policy received on {table} to {writers} using (
  recipient_kind = 'provider' and recipient_id in (
    select s.provider_id from aftercare_providerstaff s
     where s.user_id = nullif(current_setting('app.user_id', true), '')::uuid
       and s.ended_at is null));
"""
# Each sending made a consent of its own: of one person to one provider the newest stands.
VERSIONS = """
update victims_consent c set number = v.number,
       replaced_at = case when v.latest then null else c.updated_at end
  from (select id, row_number() over of_one as number,
               row_number() over (partition by involvement_id, recipient_id
                                  order by created_at desc, id desc) = 1 as latest
          from victims_consent
        window of_one as (partition by involvement_id, recipient_id order by created_at, id)) v
 where v.id = c.id and (v.number > 1 or not v.latest);
insert into victims_share (id, version, created_at, updated_at, case_id, office_id, level,
                           consent_id, involvement_id, recipient_kind, recipient_id)
select gen_random_uuid(), 1, created_at, created_at, case_id, office_id, level,
       id, involvement_id, recipient_kind, recipient_id from victims_consent;
"""


def protect(name):
    table = f"victims_{name}"
    return [
        rls.case_rows(table, 2),
        rls.shown(table, "people"),
        rls.case_history(f"{table}event", 2),
    ]


def of_person(name):
    table = f"victims_{name}"
    return [
        rls.person_rows(table, 2, **PERSON),
        rls.shown(table, "people", **PERSON),
        rls.person_rows(f"{table}event", 2, **PERSON),
    ]


def received(table):
    create = RECEIVED.format(table=table, writers=rls.WRITERS)
    return migrations.RunSQL(create, f"drop policy received on {table};")


class Migration(migrations.Migration):
    dependencies = [
        ("victims", "0004_persons"),
        ("aftercare", "0001_initial"),
        ("casework", "0004_standing"),
    ]
    operations = [
        *(step for name in PEOPLE for step in protect(name)),
        *(step for name in ("background", "sibling") for step in of_person(name)),
        rls.case_rows("victims_evidence", 3),
        rls.shown("victims_evidence", "identity"),
        rls.person_rows("victims_particular", 3, **PERSON),
        rls.shown("victims_particular", "identity", **PERSON),
        received("victims_withdrawal"),
        received("victims_withdrawalevent"),
        migrations.RunSQL(VERSIONS, migrations.RunSQL.noop),
    ]
