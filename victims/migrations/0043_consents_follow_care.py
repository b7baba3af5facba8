"""What survivors agreed to, and who was told, tells where they are in care: it is read with care."""

from django.db import migrations

from core import rls

TABLES = ("victims_consent", "victims_share", "victims_withdrawal")


def read_with(part: str) -> str:
    return "".join(
        f"drop policy shown on {table};"
        f"create policy shown on {table} for select to {rls.WRITERS}"
        f" using ({rls.is_shown(part)});"
        for table in TABLES
    )


class Migration(migrations.Migration):
    dependencies = [("victims", "0042_the_list_of_survivors")]
    operations = [migrations.RunSQL(read_with("care"), read_with("people"))]
