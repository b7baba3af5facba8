"""Two persons for roles and factors, and a word for secrets: held by the database."""

from pathlib import Path

from django.db import migrations

TRIGGERS = {
    "accounts_change_guard": "accounts_accountchange",
    "accounts_change_effect": "accounts_accountchange",
    "accounts_user_guard": "accounts_user",
    "accounts_invitation_guard": "accounts_invitation",
    "accounts_key_guard": "accounts_apikey",
    "accounts_factor_guard": "mfa_authenticator",
}
FUNCTIONS = (
    "begin_administration(uuid[], uuid)",
    "refuse(text)",
    "decides_changes(uuid)",
    "manages_people(uuid)",
    "role_decides(text)",
    "role_manages(text)",
    "is_serving()",
)
BACKWARDS = "\n".join(
    [
        *(f"drop trigger {name} on {table}; drop function {name}();" for name, table in TRIGGERS.items()),
        *(f"drop function {one};" for one in FUNCTIONS),
    ]
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0032_who_runs_programs"),
        ("core", "0010_vouching"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [
        migrations.RunSQL(Path(__file__).with_name("guards.sql").read_text(), BACKWARDS)
    ]
