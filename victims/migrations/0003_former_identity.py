"""What an identity said before corrections, at the level of identity."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.fields
from core import rls

PERSON = {"through": "victims_involvement", "key": "victim_id", "own": "victim_id"}


class Migration(migrations.Migration):
    dependencies = [
        ("victims", "0002_walls"),
        ("casework", "0004_standing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="FormerIdentity",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("field", models.CharField(choices=[("full_name", "Full name"), ("latin_name", "Name in Latin letters"), ("born_on", "Date of birth"), ("contacts", "Contacts"), ("documents", "Documents")], max_length=12)),
                ("value", core.fields.EncryptedTextField(editable=True)),
                ("replaced_at", models.DateTimeField(auto_now_add=True)),
                ("replaced_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("victim", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="former_identities", to="victims.victim")),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("field__in", ["full_name", "latin_name", "born_on", "contacts", "documents"])), name="victims_formeridentity_known_field")],
            },
        ),
        rls.person_rows("victims_formeridentity", 3, **PERSON),
        rls.shown("victims_formeridentity", "identity", **PERSON),
    ]
