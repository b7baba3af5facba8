"""An arrest opens custody, presumed: its hours run for everybody of the office whose work it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Perm
from casework.services.sealing import seal_case
from core.context import acting_as
from core.services import Refused
from desk.today.page import needing
from intake.services import log_rescue
from places.models import Jurisdiction
from prosecutions.corrections.services.striking import strike
from prosecutions.docket import read_docket
from prosecutions.limits import law_of_arrest, presumed_until
from prosecutions.models import Arrest, Custody, CustodyClock
from prosecutions.services.arrests import correct_arrest, record_arrest, release_arrested
from prosecutions.services.custody import begin_custody
from prosecutions.services.suspects import Arrested
from tests import factories

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def at_hour(case, ago=HOUR):
    """The day and the hour at the place of the case, a while ago."""
    clock = case.jurisdiction.clock(timezone.now() - ago)
    return {
        "arrested_on": clock.date(),
        "arrested_at": clock.time().replace(second=0, microsecond=0),
    }


def arrested(case, actor, ago=HOUR, **facts):
    suspect = facts.pop("suspect", None) or factories.suspect(case)
    return record_arrest(suspect, actor=actor, **at_hour(case, ago) | facts)


def clocks(case):
    return list(CustodyClock.objects.filter(case=case).order_by("court_by"))


def on_docket(user):
    return [row for row in read_docket(actor=user)["rows"] if row["noun"] == "custody-clocks"]


def on_today(user):
    return [task for task in needing(user)["tasks"] if "person arrested" in task["what"]]


# When it opens


def test_it_runs_from_the_hour_as_the_law_of_the_country_says(case, lawyer):
    arrest = arrested(case, lawyer)
    made_at = case.jurisdiction.moment(datetime.combine(arrest.arrested_on, arrest.arrested_at))
    (clock,) = clocks(case)
    assert clock.court_by == arrest.presumed_until == made_at + timedelta(hours=24)
    assert (clock.country, clock.level, clock.office_id) == ("IN", 1, case.office_id)


@pytest.mark.parametrize(
    ("code", "hours"), [("IN-WB-KOL", 24), ("PH-MNL", 12), ("KH-PNH", 48), ("UG", 48)]
)
def test_every_country_has_its_hours_and_their_source(case, lawyer, code, hours):
    """Of the Philippines the shortest, while the offence is not known."""
    case.jurisdiction = Jurisdiction.objects.by_code(code)
    case.save()
    arrest = arrested(case, lawyer)
    law = law_of_arrest(case.jurisdiction.country, arrest.arrested_on)
    assert law.amount == hours
    assert arrest.presumed_until - timezone.now() < timedelta(hours=hours)
    assert arrest.presumed_until - timezone.now() > timedelta(hours=hours - 1, minutes=-2)
    (row,) = on_docket(lawyer)
    assert row["stage"].startswith(law.source)


def test_without_an_hour_it_counts_from_the_beginning_of_the_day(case, lawyer):
    """And is late only where it is for certain: an arrest of last night is told in the morning."""
    today = case.jurisdiction.today
    arrest = arrested(case, lawyer, arrested_on=today, arrested_at=None)
    begins = case.jurisdiction.moment(datetime.combine(today, time.min))
    assert arrest.presumed_until == begins + timedelta(hours=24)
    yesterday = arrested(case, lawyer, arrested_on=today - timedelta(days=1), arrested_at=None)
    assert yesterday.presumed_until == begins
    (passed, _later) = on_docket(lawyer)
    assert (passed["ready"].words, passed["late"]) == ("Limit passed", True)
    before = arrested(case, lawyer, arrested_on=today - timedelta(days=2), arrested_at=None)
    assert before.presumed_until is None


def test_what_is_told_after_the_limit_opens_none(case, lawyer):
    arrest = arrested(case, lawyer, ago=timedelta(hours=25))
    assert arrest.presumed_until is None
    assert clocks(case) == []


def test_what_came_in_a_file_opens_none(case):
    """Files write rows, and no hour until which: see tests/exchange for the whole way."""
    factories.arrest(case, arrested_on=case.jurisdiction.today)
    assert clocks(case) == []


def test_an_hour_of_the_future_is_refused_by_name(case, lawyer):
    later = timezone.now() + HOUR
    clock = case.jurisdiction.clock(later)
    facts = {"arrested_on": min(clock.date(), case.jurisdiction.today)}
    hour = clock.time() if clock.date() == case.jurisdiction.today else time(23, 59, 59)
    with pytest.raises(Refused, match="future") as refused:
        arrested(case, lawyer, **facts, arrested_at=hour)
    assert refused.value.field == "arrested_at"
    assert not Arrest.objects.exists()


def test_hours_are_counted_over_a_change_of_clocks(case, lawyer):
    """Of London: 23 hours by the hands of the clock are 24 that pass."""
    place = Jurisdiction.objects.by_code("GB")
    place.time_zone = "Europe/London"
    row = factories.arrest(case, arrested_on=date(2026, 3, 28), arrested_at=time(20))
    row.case.jurisdiction = place
    told = datetime(2026, 3, 28, 20, 30, tzinfo=UTC)
    assert presumed_until(row, told) == datetime(2026, 3, 29, 20, tzinfo=UTC)


# The night of a rescue


def test_the_night_of_a_rescue(office, field_officer, said, browser_client):
    """Logged at 20:04 in Kolkata with two arrests: the docket of the office counts at once, for
    the case manager and for a legal officer whom nobody has put on the team."""
    place = factories.place()
    occurred_at = timezone.now() - HOUR
    if place.clock(occurred_at).strftime("%H:%M") == "00:00":
        occurred_at -= timedelta(minutes=1)  # at midnight the limit would end with the day
    logged = log_rescue(
        occurred_at=occurred_at,
        jurisdiction=place,
        programme="bonded_labour",
        arrests=[Arrested(), Arrested()],
        actor=field_officer,
    )
    hour = place.clock(occurred_at).time().replace(second=0, microsecond=0)
    assert {arrest.arrested_at for arrest in logged.arrests} == {hour}
    case = logged.rescue.case
    (clock,) = clocks(case)
    assert clock.court_by == occurred_at.replace(second=0, microsecond=0) + timedelta(hours=24)
    manager = factories.user("case_manager", office)
    lawyer = factories.user("legal_officer", office)
    for user in (manager, lawyer):
        (row,) = on_docket(user)
        assert (row["id"], row["ready"].words) == (clock.pk, "22 hours to limit")
        assert row["stage"] == "BNSS 2023 s. 58, CrPC 1973 s. 57"
        (task,) = on_today(user)
        until = place.clock(clock.court_by)
        assert f"{until:%H:%M}" in task["about"]
        assert "BNSS 2023 s. 58" in task["about"]
        shown = browser_client(user)
        assert "Somebody arrested, before a court" in said(shown.get("/docket/"))
        asked = "Make sure the person arrested comes before a court or is released"
        assert asked in said(shown.get("/"))
        assert "BNSS 2023 s. 58" in said(shown.get("/"))


def test_nothing_of_the_clock_says_who(case, lawyer, office, api, browser_client, said):
    """A colleague who is not on the team learns that, until when and by which law."""
    arrest = arrested(case, lawyer)
    colleague = factories.user("legal_officer", office)
    assert not Arrest.objects.visible_to(colleague).exists()
    (row,) = api(colleague).get("custody-clocks/").json()["results"]
    assert set(row) == {"id", "case", "court_by", "law"}
    assert row["law"] == {"law": "BNSS 2023 s. 58, CrPC 1973 s. 57", "verified": True}
    (shown,) = on_docket(colleague)
    assert arrest.suspect.code not in str(shown)
    (task,) = on_today(colleague)
    assert arrest.suspect.code not in str(task)
    words = said(browser_client(colleague).get(f"/cases/{case.pk}/people/"))
    assert "Somebody was arrested. Before a court, or let go, by" in words
    assert "BNSS 2023 s. 58" in words
    assert arrest.suspect.code not in words


@pytest.mark.parametrize(
    "role", ["field_officer", "aftercare_worker", "data_officer", "safeguarding_lead", "auditor"]
)
def test_others_of_the_office_have_other_work(case, lawyer, office, role):
    arrested(case, lawyer)
    user = factories.user(role, office)
    assert not user.has_perm(Perm.CUSTODY_CLOCK_VIEW)
    assert not CustodyClock.objects.visible_to(user).exists()


@pytest.mark.usefixtures("fresh")
def test_of_a_sealed_case_only_those_it_names_are_told(case, lawyer, office):
    """By both walls; and whoever is named is told."""
    manager = factories.user("case_manager", office)
    factories.assignment(case, manager)
    arrested(case, lawyer)
    colleague = factories.user("legal_officer", office)
    assert len(on_docket(colleague)) == 1
    seal_case(case, reason="Invented reason", people=[manager], actor=lawyer)
    for who, told in ((lawyer, 1), (manager, 1), (colleague, 0)):
        user = User.objects.get(pk=who.pk)
        assert CustodyClock.objects.visible_to(user).count() == told
        assert len(on_docket(user)) == len(on_today(user)) == told
        with acting_as(user.pk):
            assert CustodyClock.objects.count() == told, "the second wall"
        assert {row.level for row in clocks(case)} == {4}


def test_it_goes_with_the_case_to_another_office(case, lawyer):
    arrested(case, lawyer)
    case.office = factories.office("manila", "PH-MNL")
    case.save()
    there = factories.user("legal_officer", case.office)
    assert len(on_docket(there)) == 1
    with acting_as(there.pk):
        assert CustodyClock.objects.count() == 1


def test_nobody_but_the_database_changes_it(case, lawyer):
    arrested(case, lawyer)
    with acting_as(lawyer.pk), pytest.raises(ProgrammingError), transaction.atomic():
        CustodyClock.objects.update(court_by=timezone.now())
    with acting_as(lawyer.pk), pytest.raises(ProgrammingError), transaction.atomic():
        CustodyClock.objects.all().delete()


def test_another_office_is_told_nothing(case, lawyer):
    arrested(case, lawyer)
    other = factories.user("legal_officer", factories.office("manila", "PH-MNL"))
    assert (on_docket(other), on_today(other)) == ([], [])


def test_whose_hour_comes_first_stands_first(case, lawyer):
    """Presumed or known to be held: the tile and the rows go by the hour."""
    arrested(case, lawyer, ago=timedelta())  # a day after this minute, the other at midnight
    begin_custody(factories.suspect(case), since=case.jurisdiction.today, actor=lawyer)
    shown = read_docket(actor=lawyer)
    court = [row for row in shown["rows"] if row["group"] == "court"]
    assert [row["noun"] for row in court] == ["custodies", "custody-clocks"]
    (tile,) = (tile for tile in shown["tiles"] if tile["name"] == "court")
    assert (tile["count"], tile["note"].partition(":")[0]) == (2, court[0]["who"])


# When it ends

ENDS = {
    "custody": lambda arrest, actor: begin_custody(
        arrest.suspect, since=arrest.arrested_on, actor=actor
    ),
    "bail": lambda arrest, actor: release_arrested(
        arrest, ended_on=arrest.case.jurisdiction.today, ended="bail", actor=actor
    ),
    "release": lambda arrest, actor: release_arrested(
        arrest, ended_on=arrest.case.jurisdiction.today, ended="other", actor=actor
    ),
    "struck": lambda arrest, actor: strike(
        arrest, version=arrest.version, reason="typing", actor=actor
    ),
}


@pytest.mark.parametrize("how", ENDS)
@pytest.mark.by_turns(4)
def test_it_runs_until_somebody_says_what_became_of_the_person(case, lawyer, how):
    arrest = arrested(case, lawyer)
    ENDS[how](arrest, lawyer)
    assert clocks(case) == []
    assert (on_docket(lawyer), on_today(lawyer)) == ([], [])


def test_of_two_it_runs_for_the_other(case, lawyer):
    first, second = arrested(case, lawyer), arrested(case, lawyer)
    (clock,) = clocks(case)
    begin_custody(first.suspect, since=first.arrested_on, actor=lawyer)
    assert clocks(case) == [clock]
    begin_custody(second.suspect, since=second.arrested_on, actor=lawyer)
    assert clocks(case) == []


def test_what_is_struck_or_put_right_starts_it_again(case, lawyer):
    arrest = arrested(case, lawyer)
    custody = begin_custody(arrest.suspect, since=arrest.arrested_on, actor=lawyer)
    strike(custody, version=custody.version, reason="typing", actor=lawyer)
    assert len(clocks(case)) == 1


def test_a_custody_of_before_answers_for_no_later_arrest(case, lawyer):
    suspect, today = factories.suspect(case), case.jurisdiction.today
    before = today - timedelta(days=9)
    factories.custody(suspect=suspect, since=before, ended_on=before, ended="bail")
    arrested(case, lawyer, suspect=suspect)
    assert len(clocks(case)) == 1


def test_whoever_is_held_already_starts_none(case, lawyer):
    suspect = factories.suspect(case)
    factories.custody(suspect=suspect)
    arrested(case, lawyer, suspect=suspect)
    assert clocks(case) == []


def test_an_hour_that_is_put_right_moves_it(case, lawyer):
    arrest = arrested(case, lawyer)
    facts = at_hour(case, 3 * HOUR) | {"attribution": arrest.attribution}
    moved = correct_arrest(arrest, version=1, actor=lawyer, **facts)
    (clock,) = clocks(case)
    assert clock.court_by == moved.presumed_until
    assert clock.court_by < timezone.now() + 22 * HOUR


def test_what_was_told_in_time_stays_told_in_time(case, lawyer):
    """It is put right a day later: the clock says that the limit has passed, and stays."""
    arrest = arrested(case, lawyer)
    day_ago = timezone.now() - timedelta(hours=26)
    Arrest.objects.filter(pk=arrest.pk).update(created_at=day_ago)
    arrest.refresh_from_db()
    facts = at_hour(case, 27 * HOUR) | {"attribution": arrest.attribution}
    correct_arrest(arrest, version=1, actor=lawyer, **facts)
    (row,) = on_docket(lawyer)
    assert row["ready"].words == "Limit passed"


def test_a_day_typed_wrong_opens_none_and_put_right_opens_it(case, lawyer):
    year_ago = case.jurisdiction.today - timedelta(days=365)
    arrest = arrested(case, lawyer, arrested_on=year_ago)
    assert clocks(case) == []
    facts = at_hour(case) | {"attribution": arrest.attribution}
    correct_arrest(arrest, version=1, actor=lawyer, **facts)
    assert len(clocks(case)) == 1


def test_a_release_is_recorded_from_the_arrest_on(case, lawyer):
    arrest = arrested(case, lawyer)
    day = case.jurisdiction.today
    made = release_arrested(arrest, ended_on=day, ended="bail", sureties=2, actor=lawyer)
    assert (made.since, made.since_at) == (arrest.arrested_on, arrest.arrested_at)
    assert (made.ended, made.ended_on, made.sureties) == ("bail", day, 2)
    with pytest.raises(Refused):
        release_arrested(
            arrest, ended_on=arrest.arrested_on - timedelta(days=1), ended="other", actor=lawyer
        )
    assert Custody.objects.count() == 1
