"""Only who works on cases counts the sealed ones that name them."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__)
FORMER = HERE.with_name("walls.sql").read_text()
FORMER = FORMER[FORMER.index("-- What a reader's figures") :]
FORMER = FORMER.replace("create function", "create or replace function")


class Migration(migrations.Migration):
    dependencies = [("casework", "0005_conflicts")]
    operations = [migrations.RunSQL(HERE.with_name("counting.sql").read_text(), FORMER)]
