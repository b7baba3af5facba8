"""What hangs from a case obeys it; networks and other names are reached through suspects."""

from django.db import migrations

from core import rls
from core.names import latin_key

PERSON = {"through": "prosecutions_suspect", "key": "perpetrator_id"}
MEMBER = {"through": "prosecutions_networkmember", "key": "network_id"}
COURT = (
    "chargevictim",
    "policereport",
    "stagereached",
    "assistancerequest",
    "compensationpayment",
    "participation",
    "protectivemeasure",
    "accusation",
)
SUSPECT = ("networkmember", "corridor", "corridorleg")


def protect(name: str, part: str) -> list[migrations.RunSQL]:
    table = f"prosecutions_{name}"
    return [rls.case_rows(table, 2), rls.shown(table, part), rls.case_history(f"{table}event", 2)]


def fill_latin(apps, schema_editor):
    for row in apps.get_model("prosecutions", "Perpetrator").objects.exclude(name="").iterator():
        row.latin = latin_key(row.name)
        row.save(update_fields=["latin"])


class Migration(migrations.Migration):
    dependencies = [("prosecutions", "0009_justice_whole")]
    operations = [
        *(step for name in COURT for step in protect(name, "court")),
        *(step for name in SUSPECT for step in protect(name, "suspect")),
        rls.person_rows("prosecutions_alias", 2, **PERSON, own="perpetrator_id"),
        rls.shown("prosecutions_alias", "suspect", **PERSON, own="perpetrator_id"),
        rls.person_rows("prosecutions_aliasevent", 2, **PERSON, own="perpetrator_id"),
        rls.person_rows("prosecutions_merge", 2, **PERSON, own="kept_id"),
        rls.shown("prosecutions_merge", "suspect", **PERSON, own="kept_id"),
        rls.person_rows("prosecutions_network", 2, **MEMBER),
        rls.shown("prosecutions_network", "suspect", **MEMBER, own="id"),
        rls.person_rows("prosecutions_networkevent", 2, **MEMBER, own="pgh_obj_id"),
        migrations.RunPython(fill_latin, migrations.RunPython.noop),
    ]
