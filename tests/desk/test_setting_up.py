"""The list of setting up ticks itself, for administrators alone, and shows no case."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import letters
from accounts.models import Membership, Office, User
from accounts.services.letters import note_letter
from core.models import AuditEvent
from desk.today.setting_up import setting_up
from places.models import Jurisdiction
from studies.models import ProgrammePlace
from tests import factories
from tests.factories import programs

# A letter is asked for with a second factor just now.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]

NOTHING_YET = "0 of 12 steps are done"


@pytest.fixture
def everywhere(db):
    """The office that the first start makes."""
    return Office.objects.create(is_global=True, code="global", prefix="GLO", name="Global")


@pytest.fixture
def admin(everywhere):
    return factories.user("system_admin", everywhere)


@pytest.fixture
def page(browser_client, admin, said):
    client = browser_client(admin)
    return lambda path="/setting-up/": said(client.get(path))


def done(user):
    return {str(step.title) for step in setting_up(user).steps if step.done}


def open_office(place="PH-MNL", **fields):
    return Office.objects.create(
        code="office", prefix="OFF", name="Office", jurisdiction=factories.place(place), **fields
    )


def mail(user):
    """A letter to oneself was asked for, left and was opened."""
    note_letter(token=letters.address(user).split("/")[-3], actor=user)


def programme(office, **fields):
    values = {"programme": "csec", "jurisdiction": factories.place("PH-MNL")}
    values |= {"starts_on": timezone.localdate() - timedelta(days=30), "source": "Invented"}
    ProgrammePlace.objects.create(office=office, **values, **fields)


def practised():
    """An office for practice, of which all cases were deleted."""
    told = {"code": "practice", "prefix": "PRA", "name": "Practice"}
    Office.objects.create(**told, is_practice=True, emptied_at=timezone.now())


# What makes each step done, and nothing else.
CAUSES = {
    "A second administrator": lambda at, _admin: factories.user("system_admin", at),
    "A case manager": lambda at, _admin: factories.user("case_manager", at),
    "A field officer": lambda at, _admin: factories.user("field_officer", at),
    "Providers": lambda _at, _admin: factories.provider(),
    "Programmes in use": lambda at, _admin: programme(at),
    "Mail": lambda _at, admin: mail(admin),
    "A practice rescue": lambda _at, _admin: practised(),
    "A backup": lambda _at, _admin: programs.backup(),
}


def test_an_empty_installation_has_all_before_it(page):
    words = page()
    assert NOTHING_YET in words
    assert "They come with Casework, by the country of each office." in words
    today = page("/")
    assert "Setting up 0 of 12 done" in today
    assert "Nothing needs you now" not in today
    assert today.count("Who does it:") == 3
    assert words.count("Who does it:") == 12


@pytest.mark.parametrize("title", CAUSES)
def test_each_step_is_done_by_its_own_row(title, admin, everywhere):
    assert done(admin) == set()
    CAUSES[title](everywhere, admin)
    assert done(admin) == {title}


def test_police_and_courts_are_both_wanted(admin):
    police = factories.agency(kind="police_unit")
    assert done(admin) == set()
    court = factories.agency(kind="court")
    assert done(admin) == {"Police and courts"}
    type(court).objects.filter(pk=court.pk).update(is_active=False)
    assert done(admin) == set()
    assert police.is_active


def test_an_office_brings_its_law_and_asks_for_its_districts(admin):
    office = open_office("IN-WB-KOL")
    assert done(admin) == {"An office", "Laws in force"}
    parent = factories.place("IN-WB")
    Jurisdiction.objects.create(code="IN-WB-305", name="Purulia", level="district", parent=parent)
    assert done(admin) == {"An office", "Laws in force", "Districts"}
    Office.objects.filter(pk=office.pk).update(closed_on=timezone.localdate() - timedelta(days=2))
    assert done(admin) == set()


def test_whoever_has_not_come_or_has_left_does_not_count(admin, everywhere):
    invited = factories.user("case_manager", everywhere, is_active=False)
    left = factories.user("field_officer", everywhere)
    with factories.people.as_owner():
        Membership.objects.filter(user=left).update(ended_at=timezone.now())
    assert done(admin) == set()
    User.objects.filter(pk=invited.pk).update(is_active=True)
    assert done(admin) == {"A case manager"}


def test_old_backups_programmes_that_ended_and_letters_shown_only_do_not_count(
    admin, everywhere, monkeypatch
):
    programs.backup(made_at=timezone.now() - timedelta(hours=27))
    programme(everywhere, ends_on=timezone.localdate() - timedelta(days=2))
    mail(admin)
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
    assert done(admin) == set()


def test_a_country_none_of_ours_gets_through_and_is_told_what_is_not_there(page, admin):
    Jurisdiction.objects.create(code="PE", name="Peru", level="country", time_zone="America/Lima")
    open_office("PE")
    assert done(admin) == {"An office", "Laws in force"}
    words = page()
    assert "Casework works in every country" in words
    assert "No custody limit is on record: Peru." in words
    assert "No limit for the charge is on record: Peru." in words
    assert "No statute is on record: Peru." in words


def test_what_is_on_record_is_named_by_country(page):
    open_office("KH-12")
    words = page()
    assert "No custody limit" not in words
    assert "No limit for the charge is on record: Cambodia." in words
    assert "No statute" not in words
    Office.objects.update(jurisdiction=factories.place("IN-WB-KOL"))
    assert "It has statutes and limits for custody and charges for: India." in page()


def test_when_all_is_done_it_is_folded_away(page, admin, everywhere):
    open_office()
    factories.agency(kind="police_unit")
    factories.agency(kind="court")
    for cause in CAUSES.values():
        cause(everywhere, admin)
    today = page("/")
    assert "of 12 done" not in today
    assert "Setting up Done" in today
    assert "Nothing needs you now" in today
    assert "12 of 12 steps are done" in page()


def test_only_whoever_manages_people_has_it(browser_client, case_manager, said):
    client = browser_client(case_manager)
    assert client.get("/setting-up/").status_code == 403
    assert "Setting up" not in said(client.get("/"))


def test_an_administrator_who_also_reads_figures_begins_with_it(browser_client, admin, everywhere):
    factories.membership(admin, "programme_manager", everywhere)
    assert browser_client(admin).get("/").status_code == 200


def test_it_asks_for_no_case_and_in_one_statement(admin, everywhere):
    factories.case(open_office())
    with CaptureQueriesContext(connection) as asked:
        setting_up(admin)
    seen = [query["sql"] for query in asked if "places_agency" in query["sql"]]
    assert len(seen) == 1
    assert "casework_" not in seen[0]
    assert "victims_" not in seen[0]


def test_reading_it_is_recorded_without_rows(page, admin):
    page()
    event = AuditEvent.objects.get(action="setting_up.read")
    assert (event.actor_id, event.subjects) == (admin.pk, [])
