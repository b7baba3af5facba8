"""A conflict with a person follows the person; rows and their case are sealed together."""

from pathlib import Path

from django.db import migrations, models
from django.db.models import Q

from core import rls

HERE = Path(__file__)
BACK = """
drop trigger casework_persons_merged on prosecutions_perpetrator;
drop trigger casework_persons_merged on victims_victim;
drop trigger casework_person_placed on prosecutions_suspect;
drop trigger casework_person_placed on victims_involvement;
drop trigger casework_conflict_declared on casework_conflict;
drop function casework_persons_merged();
drop function casework_person_placed();
drop function casework_conflict_declared();
drop function casework_spread_conflicts(uuid);
drop function casework_records_of(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0004_standing"),
        ("victims", "0002_walls"),
        ("prosecutions", "0002_walls"),
    ]
    operations = [
        migrations.RemoveConstraint("conflict", "casework_conflict_once"),
        migrations.AddConstraint(
            "conflict",
            models.UniqueConstraint(
                fields=["case", "user", "person_id"],
                name="casework_conflict_once",
                condition=Q(status="holds"),
                nulls_distinct=False,
            ),
        ),
        migrations.AddIndex(
            "conflict",
            models.Index(
                fields=["person_id"],
                name="casework_conflict_of_person",
                condition=Q(person_id__isnull=False),
            ),
        ),
        migrations.RunSQL(HERE.with_name("conflicts.sql").read_text(), BACK),
        rls.own_declared("casework_conflict", "user_id", "declared_by_id", while_shown="case"),
    ]
