"""A file that could not be read is not a file that was altered."""

from django.db import migrations, models
from django.db.models import Q

FINDINGS = [
    ("sound", "As received"),
    ("altered", "Not as received"),
    ("missing", "Missing"),
    ("unread", "Could not be read"),
]


class Migration(migrations.Migration):
    dependencies = [("casework", "0077_known_elsewhere")]
    operations = [
        migrations.RemoveConstraint("storedfile", "casework_storedfile_found_when"),
        migrations.AlterField(
            "storedfile",
            "finding",
            models.CharField(blank=True, choices=FINDINGS, max_length=10),
        ),
        migrations.AddConstraint(
            "storedfile",
            models.CheckConstraint(
                condition=Q(("checked_at__isnull", True), ("finding", ""))
                | Q(
                    ("checked_at__isnull", False),
                    ("finding__in", [code for code, _label in FINDINGS]),
                ),
                name="casework_storedfile_found_when",
            ),
        ),
    ]
