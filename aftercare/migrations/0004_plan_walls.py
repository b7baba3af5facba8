"""What hangs from a case obeys it; nobody sleeps in two places; the nights at a provider."""

from django.db import migrations

from core import rls

CONTENT = ("placement", "careplan", "planreview", "followup", "assessment")
TEXTS = ("progressnote", "sessionnote")  # not tracked: text that can be erased

RECEIVED = f"""
create policy received on aftercare_progressnote to {rls.WRITERS} using (
  referral_id in (
    select r.id from aftercare_referral r join aftercare_providerstaff s using (provider_id)
     where r.status <> 'draft' and s.ended_at is null
       and s.user_id = nullif(current_setting('app.user_id', true), '')::uuid));
"""
# A range of one person, so that no extension is needed to compare persons in such a constraint.
ONE_A_NIGHT = """
create type aftercare_person as range (subtype = uuid);
alter table aftercare_placement add constraint aftercare_placement_one_a_night
  exclude using gist (aftercare_person(victim_id, victim_id, '[]') with &&,
                      daterange(since, until, '[)') with &&);
"""
APART_AGAIN = """
alter table aftercare_placement drop constraint aftercare_placement_one_a_night;
drop type aftercare_person;
"""
# Whether a provider is full is known only over all cases, also those the asker may not see:
# nights and sexes, and nothing that leads to a person.
STAYS = """
create function aftercare_stays(of uuid[], since date, until date)
returns table (provider uuid, sex text, since date, until date)
stable language sql security definer set search_path = public, pg_temp as $$
  select p.provider_id, v.sex, p.since, p.until
    from aftercare_placement p join victims_victim v on v.id = p.victim_id
   where p.provider_id = any ($1) and ($3 is null or p.since < $3)
     and (p.until is null or p.until > $2) $$;
"""


def protect(name, level):
    table = f"aftercare_{name}"
    return [rls.case_rows(table, level), rls.shown(table, "care")]


def protect_history(name, level):
    return [*protect(name, level), rls.case_history(f"aftercare_{name}event", level)]


class Migration(migrations.Migration):
    dependencies = [("aftercare", "0003_plans_and_places")]
    operations = [
        *(step for name in CONTENT for step in protect_history(name, 2)),
        *protect_history("goal", 3),
        *(step for name in TEXTS for step in protect(name, 3)),
        migrations.RunSQL(RECEIVED, "drop policy received on aftercare_progressnote"),
        migrations.RunSQL(ONE_A_NIGHT, APART_AGAIN),
        migrations.RunSQL(STAYS, "drop function aftercare_stays(uuid[], date, date)"),
    ]
