"""Names of real people may be entered when all of it is in place; each that lacks is named."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Membership, Office, User
from backups.models import Backup, Drill
from core import preflight, real_names
from core.context import acting_as
from core.management.commands.preflight import READY
from core.models import ChainAnchor
from places.models import Jurisdiction
from retention.models import Policy
from tests import factories
from tests.factories import programs

pytestmark = pytest.mark.django_db
LINES = {
    "production": "This is a demonstration or a working copy.",
    "backup": "No backup was made in the last 26 hours.",
    "drill": "No backup was restored in the last 35 days",
    "passkeys": "System administrators with a passkey: ",
    "policies": "Retention policies are missing for: ",
    "anchor": "The head of the history has not left this machine in the last two hours",
    "scanner": "SCAN_COMMAND is not set",
}


def ago(**of: int):
    return timezone.now() - timedelta(**of)


def left(**fields) -> ChainAnchor:
    """A head of the history that left."""
    values = {"number": 1, "total": 1, "hash": bytes(32), "left_at": ago(minutes=30)}
    return ChainAnchor.objects.create(**(values | {"letters": 2, "kept": 0} | fields))


def passkey(user: User) -> Authenticator:
    return Authenticator.objects.create(user=user, type="webauthn", data={"name": "Invented"})


@pytest.fixture
def nearly(settings, office):
    """An installation in which nothing lacks but that the head of the history leaves."""
    settings.PRODUCTION, settings.SCAN_COMMAND = True, "clamdscan -"
    proposes, decides = factories.user("data_officer", office), factories.user("safeguarding_lead")
    for _each in range(2):
        passkey(factories.user("system_admin", office))
    programs.backup(made_at=ago(hours=25))
    programs.drill(drilled_at=ago(days=34))
    Office.objects.exclude(jurisdiction=None).update(
        jurisdiction=Jurisdiction.objects.by_code("IN-WB-KOL")
    )
    india = Jurisdiction.objects.by_code("IN")
    for country, kind, person in (
        *((india, "inquiry", ""), (india, "survivors", "adult"), (india, "survivors", "child")),
        *((None, "history", ""), (None, "figures", "")),
    ):
        Policy.objects.create(
            country=country,
            kind=kind,
            person=person,
            years=7,
            legal_source="An invented Act, section 1",
            begins_on=date(2020, 1, 1),
            proposed_by=proposes,
            decided_by=decides,
            decided_at=timezone.now(),
            outcome="confirmed",
        )
    return settings


@pytest.fixture
def ready(nearly):
    left()
    return nearly


def lacking() -> list[str]:
    """As the application asks, which sees no case."""
    with acting_as(None):
        return real_names.lacking()


def no_production(settings):
    settings.PRODUCTION = False


def old_backup(settings):
    Backup.objects.update(made_at=ago(hours=27))


def failed_backup(settings):
    Backup.objects.update(failure="The disk is full.", size=None, files=None)


def old_drill(settings):
    programs.drill(drilled_at=ago(days=36))
    Drill.objects.exclude(drilled_at__lt=ago(days=35)).delete()


def one_passkey(settings):
    Authenticator.objects.first().delete()


def an_app_for_a_passkey(settings):
    Authenticator.objects.filter(pk=Authenticator.objects.first().pk).update(type="totp")


def passkey_of_somebody_else(settings):
    one_passkey(settings)
    passkey(factories.user("case_manager"))


def an_administrator_who_left(settings):
    User.objects.filter(pk=Authenticator.objects.first().user_id).update(is_active=False)


def a_role_that_ended(settings):
    role = Membership.objects.filter(user=Authenticator.objects.first().user)
    role.update(started_at=ago(days=3), ended_at=ago(days=1))


def one_policy_less(settings):
    Policy.objects.filter(person="child").delete()


def none_of_the_history(settings):
    Policy.objects.filter(kind="history").delete()


def none_of_figures(settings):
    Policy.objects.filter(kind="figures").delete()


def one_policy_proposed(settings):
    nobody = {"outcome": "", "decided_by": None, "decided_at": None}
    Policy.objects.filter(person="child").update(**nobody)


def one_policy_to_come(settings):
    Policy.objects.filter(person="child").update(begins_on=timezone.now() + timedelta(days=3))


def no_scanner(settings):
    settings.SCAN_COMMAND = ""


BREAKS = {
    "production": [no_production],
    "backup": [old_backup, failed_backup],
    "drill": [old_drill],
    "passkeys": [
        *(one_passkey, an_app_for_a_passkey, passkey_of_somebody_else),
        *(an_administrator_who_left, a_role_that_ended),
    ],
    "policies": [
        *(one_policy_less, one_policy_proposed, one_policy_to_come),
        *(none_of_the_history, none_of_figures),
    ],
    "scanner": [no_scanner],
}


def test_nothing_lacks(ready):
    assert lacking() == []


@pytest.mark.parametrize(
    ("about", "breaks"), [(about, each) for about, several in BREAKS.items() for each in several]
)
def test_each_that_lacks_is_named_alone(ready, about, breaks):
    breaks(ready)
    (line,) = lacking()
    assert line.startswith(LINES[about])
    assert line.endswith(".")
    assert "\n" not in line


def test_a_new_installation_lacks_all_of_it(settings, db):
    settings.PRODUCTION, settings.SCAN_COMMAND = False, ""
    found = lacking()
    assert len(found) == len(LINES) == len(real_names.conditions)
    assert any("No office has a place yet" in line for line in found)


@pytest.mark.parametrize("amiss", [{"failure": "It is cut off."}, {"differences": ["a table"]}])
def test_a_drill_that_did_not_pass_counts_before_an_older_one_that_did(ready, amiss):
    programs.drill(**amiss)
    (line,) = lacking()
    assert line.startswith("The last drill failed or found differences.")


@pytest.mark.parametrize(
    ("last", "enough"),
    [
        ({}, True),
        ({"letters": 0, "kept": 1}, True),  # a folder that is written once
        ({"letters": 1}, False),
        ({"left_at": ago(hours=3)}, False),
        (None, False),
    ],
)
def test_the_head_of_the_history_leaves_to_two_or_to_a_folder(nearly, last, enough):
    if last is not None:
        left(**last)
    assert [line.startswith(LINES["anchor"]) for line in lacking()] == [True] * (not enough)


def test_every_country_of_an_office_needs_its_own(ready, office):
    office.covers.add(Jurisdiction.objects.by_code("PH-MNL"))
    (line,) = lacking()
    assert "missing for: PH." in line


# The command


def preflighted() -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("preflight", stdout=out, stderr=err)
    except CommandError as error:
        err.write(str(error))
    return out.getvalue(), err.getvalue()


@pytest.fixture
def sound(monkeypatch):
    monkeypatch.setattr(preflight, "faults", list)


SCANNERS = {
    "sh -c 'grep -q EICAR-STANDARD && exit 1; exit 0'": True,
    "true": False,
    "false": False,
    "/nonexistent/scan": False,
}


@pytest.mark.parametrize(("command", "works"), SCANNERS.items())
def test_the_command_says_ready_once_the_scanner_tells_a_virus_too(ready, sound, command, works):
    ready.SCAN_COMMAND = command
    out, err = preflighted()
    assert err == ""
    assert (READY in out) == works
    assert ("Not for real names: SCAN_COMMAND does not work here" in out) == (not works)


def test_the_command_names_each(ready, sound):
    no_scanner(ready)
    old_backup(ready)
    out, err = preflighted()
    for about in ("backup", "scanner"):
        assert f"Not for real names: {LINES[about]}" in out
    assert (READY in out, err) == (False, "")


def test_what_may_not_serve_is_not_ready(ready, monkeypatch):
    ready.SCAN_COMMAND = next(iter(SCANNERS))
    monkeypatch.setattr(preflight, "faults", lambda: ["One."])
    out, err = preflighted()
    assert err == "One.\nNot fit to serve."
    assert out == "Not for real names: mend what is named above, and ask again.\n"


# The page and the interface


def test_administrators_see_it(ready, browser_client, api, said):
    admin = Authenticator.objects.first().user
    page = said(browser_client(admin).get("/backups/"))
    assert "Everything that can be checked here is in place." in page
    assert api(admin).get("real-names/").json() == {"ready": True, "lacks": []}
    old_backup(ready)
    page = said(browser_client(admin).get("/backups/"))
    assert "Do not enter any yet." in page
    assert LINES["backup"] in page
    (line,) = api(admin).get("real-names/").json()["lacks"]
    assert line.startswith(LINES["backup"])


@pytest.mark.parametrize("role", ["case_manager", "auditor", "field_officer"])
def test_nobody_else_does(office, api, role):
    assert api(factories.user(role, office)).get("real-names/").status_code == 403


def test_what_is_not_asked_is_refused(office, api):
    answer = api(factories.user("system_admin", office)).get("real-names/?all=1")
    assert answer.status_code == 400
