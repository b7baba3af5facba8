"""Who a row is about when several records stand for one person: columns that no model has.

They are filled by the database alone (core/wall/one_person.sql). A range of one person, so that no
extension is needed to compare persons in such a constraint.
"""

from django.db import migrations

FORWARDS = """
create type aftercare_person as range (subtype = uuid);
alter table aftercare_placement add column person_id uuid not null;
alter table aftercare_placement add constraint aftercare_placement_one_a_night
  exclude using gist (aftercare_person(person_id, person_id, '[]') with &&,
                      daterange(since, until, '[)') with &&);
alter table aftercare_releasecertificate add column person_id uuid not null;
alter table aftercare_entitlement add column person_id uuid not null;
create unique index aftercare_certificate_one_a_person
  on aftercare_releasecertificate (person_id) where status <> 'refused';
create unique index aftercare_entitlement_one_a_person on aftercare_entitlement (person_id);
"""
BACKWARDS = """
alter table aftercare_entitlement drop column person_id;
alter table aftercare_releasecertificate drop column person_id;
alter table aftercare_placement drop column person_id;
drop type aftercare_person;
"""


class Migration(migrations.Migration):
    dependencies = [("aftercare", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
