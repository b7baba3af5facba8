"""How long somebody may be held: two limits, each by the law of the country, or with a reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone

from core.services import Refused, Stale
from places.models import Jurisdiction
from prosecutions.docket import read_docket
from prosecutions.laws import SHIPPED
from prosecutions.models import Provision
from prosecutions.services.custody import begin_custody, correct_custody
from tests import factories
from tests.factories import justice

pytestmark = pytest.mark.django_db
SINCE = date(2026, 3, 12)


def law(statute, number, **other):
    return Provision.objects.get(statute=statute, number=number, **other)


@pytest.fixture
def suspect(case):
    return factories.suspect(case)


def abroad(suspect, code):
    suspect.case.jurisdiction = Jurisdiction.objects.by_code(code)
    suspect.case.save()
    return suspect


def begun(suspect, lawyer, **facts):
    facts = {"since": SINCE, "since_at": time(6, 30)} | facts
    return begin_custody(suspect, actor=lawyer, **facts)


@pytest.mark.parametrize(
    ("held_for", "days"),
    [(None, 60), (("ITPA", "4"), 60), (("BNS", "143(2)"), 60), (("BNS", "143(3)"), 90)],
)
def test_in_india_a_charge_is_due_by_the_gravity_of_the_offence(suspect, lawyer, held_for, days):
    held = begun(suspect, lawyer, provision=held_for and law(*held_for))
    assert held.charge_by == SINCE + timedelta(days=days)
    assert held.court_by == datetime(2026, 3, 13, 1, 0, tzinfo=UTC), "24 hours from 6:30 in India"


@pytest.mark.parametrize(("held_for", "hours"), [(None, 12), (("RA9208", "s.4"), 36)])
def test_in_the_philippines_hours_run_until_the_inquest(suspect, lawyer, held_for, hours):
    held = begun(abroad(suspect, "PH-MNL"), lawyer, provision=held_for and law(*held_for))
    begins = datetime(2026, 3, 11, 22, 30, tzinfo=UTC)  # 6:30 in Manila
    assert (held.court_by - begins, held.charge_by) == (timedelta(hours=hours), None)


@pytest.mark.parametrize(("years", "hours"), [(6, 18), (7, 36)])
def test_a_correctional_penalty_gives_eighteen_hours(suspect, lawyer, years, hours):
    lesser = law("RA9208", "s.4")
    lesser.pk, lesser.number, lesser.max_years, lesser.min_years = None, "x", years, None
    lesser.save()
    held = begun(abroad(suspect, "PH-MNL"), lawyer, provision=lesser, since_at=time(0))
    assert held.court_by == datetime(2026, 3, 11, 16, tzinfo=UTC) + timedelta(hours=hours)


def test_where_no_law_is_known_no_limit_runs(suspect, lawyer):
    held = begun(abroad(suspect, "UG"), lawyer)
    assert (held.court_by, held.charge_by) == (None, None)


def test_whose_offence_it_is_gives_the_limit(suspect, lawyer):
    held = begun(suspect, lawyer, provision=law("RA9208", "s.4"), since_at=time(0))
    assert held.court_by == datetime(2026, 3, 11, 18, 30, tzinfo=UTC) + timedelta(hours=36)
    assert held.charge_by is None


def test_without_an_hour_the_day_counts_from_its_beginning(suspect, lawyer):
    assert begun(suspect, lawyer, since_at=None).court_by == datetime(
        2026, 3, 12, 18, 30, tzinfo=UTC
    )


def test_every_limit_names_its_source_and_the_rest_of_its_kind():
    held = [limit for limit in SHIPPED if limit.kind != "limitation"]
    assert all(limit.source and isinstance(limit.verified, bool) for limit in held)
    kinds = {(limit.country, limit.kind) for limit in held}
    rest = {(limit.country, limit.kind) for limit in held if limit.is_for_all}
    assert rest == kinds, "one of each kind is for every other offence"


# Another limit, and why


def test_another_limit_needs_its_reason(suspect, lawyer):
    with pytest.raises(Refused, match="Say why") as refused:
        begun(suspect, lawyer, charge_by=date(2026, 9, 8))
    assert refused.value.field == "limit_reason"
    with pytest.raises(Refused, match="Say why"):
        begun(suspect, lawyer, court_hours=72)
    with pytest.raises(Refused, match="Enter the hours or the day that apply here"):
        begun(suspect, lawyer, limit_reason="extended")
    with pytest.raises(Refused, match="after the custody began"):
        begun(suspect, lawyer, limit_reason="counted", charge_by=SINCE - timedelta(days=1))
    assert not suspect.custodies.exists()
    held = begun(suspect, lawyer, limit_reason="other_law", charge_by=date(2026, 9, 8))
    assert (held.charge_by, held.limit_reason) == (date(2026, 9, 8), "other_law")
    assert held.court_by == datetime(2026, 3, 13, 1, 0, tzinfo=UTC), "the other one stays"


def test_who_is_held_on_a_charge_has_no_day_for_one(suspect, lawyer):
    with pytest.raises(
        Refused, match="Leave the last day for a charge empty: the person is already charged"
    ):
        begun(suspect, lawyer, limit_reason="charged", charge_by=date(2026, 9, 8))
    held = begun(suspect, lawyer, limit_reason="charged")
    assert (held.charge_by, held.court_by is None) == (None, False)


def test_a_correction_counts_anew_and_keeps_what_has_a_reason(suspect, lawyer, recorded):
    held = begun(suspect, lawyer)
    later = SINCE + timedelta(days=2)
    grave = law("BNS", "143(3)")
    facts = {"since": later, "provision": grave, "in_court_on": later, "actor": lawyer}
    moved = correct_custody(held, version=1, **facts)
    assert (moved.charge_by, moved.in_court_on) == (later + timedelta(days=90), later)
    with pytest.raises(Stale):
        correct_custody(held, version=1, **facts)
    day = date(2026, 9, 8)
    other = facts | {"limit_reason": "counted"}
    moved = correct_custody(moved, version=2, charge_by=day, **other)
    moved = correct_custody(moved, version=3, **other | {"since": SINCE})
    assert (moved.charge_by, moved.limit_reason) == (day, "counted")
    moved = correct_custody(moved, version=4, **facts)
    assert (moved.charge_by, moved.limit_reason) == (later + timedelta(days=90), "")
    assert len(recorded("custody.corrected")) == 4


def test_a_limit_that_stands_does_not_lie_before_a_corrected_beginning(suspect, lawyer):
    held = begun(suspect, lawyer, limit_reason="counted", charge_by=SINCE + timedelta(days=1))
    facts = {"since": SINCE + timedelta(days=2), "provision": held.provision, "in_court_on": None}
    with pytest.raises(Refused, match="after the custody began"):
        correct_custody(held, version=1, limit_reason="counted", actor=lawyer, **facts)


def test_a_custody_does_not_reach_into_another(suspect, lawyer):
    first = factories.custody(suspect=suspect, ended_on=date(2026, 4, 1), ended="bail")
    second = factories.custody(suspect=suspect, since=date(2026, 5, 1))
    with pytest.raises(Refused, match="already in custody on that day"):
        correct_custody(second, version=1, since=date(2026, 3, 20), actor=lawyer)
    with pytest.raises(Refused, match="before it began"):
        correct_custody(first, version=1, since=date(2026, 4, 2), actor=lawyer)
    for day in (date(2026, 3, 11), date(2026, 4, 2)):
        with pytest.raises(Refused, match="The court date must fall within the custody"):
            correct_custody(first, version=1, since=SINCE, in_court_on=day, actor=lawyer)


# The docket


def group(lawyer, name):
    return [row for row in read_docket(actor=lawyer)["rows"] if row["group"] == name]


def test_a_charge_from_before_the_arrest_ends_no_limit(case, lawyer):
    today = case.jurisdiction.today
    old = factories.charge(case, filed_on=date(2026, 4, 1))
    soon = {"since": today - timedelta(days=55), "charge_by": today + timedelta(days=5)}
    factories.custody(suspect=old.suspect, **soon)
    (row,) = group(lawyer, "custody")
    assert old.suspect.code in row["purpose"]
    factories.charge(case, suspect=old.suspect, filed_on=today, offence_on=date(2026, 3, 9))
    assert group(lawyer, "custody") == []


def accused(suspect, **report):
    """A report of the police on a complaint against this suspect."""
    named = justice.complaint_against(suspect)
    return justice.police_report(complaint=named, **report)


def test_the_charge_sheet_of_the_police_meets_the_limit(case, lawyer):
    today = case.jurisdiction.today
    day = today - timedelta(days=5)
    held = factories.custody(case, since=day, charge_by=today - timedelta(days=1))
    late = {"reported_on": today}
    factories.complaint(case)
    accused(held.suspect, kind="false", **late)
    accused(held.suspect, reported_on=day - timedelta(days=1))  # before the arrest
    accused(factories.suspect(case), **late)  # of somebody else
    (row,) = group(lawyer, "custody")
    assert (row["id"], row["ready"].words) == (held.pk, "Limit passed")
    accused(held.suspect, **late)
    assert group(lawyer, "custody") == []


def test_a_charge_sheet_brings_nobody_before_a_court(case, lawyer):
    today = case.jurisdiction.today
    held = factories.custody(case, since=today, court_by=timezone.now())
    accused(held.suspect, reported_on=today)
    (row,) = group(lawyer, "court")
    assert row["id"] == held.pk


def test_the_two_limits_stand_apart(suspect, lawyer, page, said):
    today = suspect.case.jurisdiction.today
    held = begun(suspect, lawyer, since=today - timedelta(days=58), since_at=None)
    (court,), (charge,) = group(lawyer, "court"), group(lawyer, "custody")
    assert court["purpose"] == f"{suspect.code} before a court"
    assert (court["ready"].words, court["late"]) == ("Limit passed", True)
    assert (charge["ready"].words, charge["day"]) == ("2 days to limit", held.charge_by)
    assert (court["stage"], charge["stage"]) == (
        "BNSS 2023 s. 58, CrPC 1973 s. 57",
        "BNSS 2023 s. 187 (3) (ii), CrPC 1973 s. 167 (2)",
    )
    text = said(page.get("/docket/"))
    assert "In custody, to be brought before a court 1" in text
    assert "In custody, last day for a charge near or not known 1" in text
    facts = {"since": held.since, "in_court_on": held.since, "actor": lawyer}
    correct_custody(held, version=1, **facts)
    assert (group(lawyer, "court"), len(group(lawyer, "custody"))) == ([], 1)


def test_the_hours_that_are_left_are_counted(suspect, lawyer):
    held = factories.custody(suspect=suspect, court_by=timezone.now() + timedelta(hours=5.5))
    (row,) = group(lawyer, "court")
    assert (row["ready"], row["late"]) == (("danger", "5 hours to limit"), False)
    assert row["hour"] == f"{suspect.case.jurisdiction.clock(held.court_by):%H:%M}"


def test_what_is_from_memory_says_so(suspect, lawyer):
    begun(abroad(suspect, "GB"), lawyer)
    (row,) = group(lawyer, "court")
    assert row["stage"].endswith("charge or release (from memory, to be checked)")


# Pages and programs


def test_the_page_corrects_and_says_what_is_wrong(suspect, lawyer, page, said):
    held = begun(suspect, lawyer)
    url, grave = f"/custodies/{held.pk}/correct/", law("BNS", "143(3)")
    assert "06:30" in page.get(url).content.decode()
    wrong = page.post(url, {"version": 1, "since": SINCE, "charge_by": "2026-09-08"})
    assert (wrong.status_code, "These limits differ from the law’s" in said(wrong)) == (409, True)
    page.post(url, {"version": 1, "since": SINCE, "provision": grave.pk, "in_court_on": SINCE})
    held.refresh_from_db()
    assert held.charge_by == SINCE + timedelta(days=90)
    assert "Before a court" not in said(page.get(f"/cases/{suspect.case_id}/people/"))


def test_programs_are_told_the_law(suspect, lawyer, api):
    caller = api(lawyer)
    body = {"suspect": str(suspect.pk), "since": "2026-03-12", "since_at": "06:30"}
    wrong = caller.post("custodies/", body | {"charge_by": "2026-09-08"})
    assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["limit_reason"])
    made = caller.post("custodies/", body).json()
    assert made["charge_law"] == {
        "law": "BNSS 2023 s. 187 (3) (ii), CrPC 1973 s. 167 (2)",
        "verified": True,
    }
    assert (made["court_by"], made["charge_by"]) == ("2026-03-13T01:00:00Z", "2026-05-11")
    changed = caller.patch(
        f"custodies/{made['id']}/",
        {"limit_reason": "extended", "court_hours": 48},
        If_Match='"1"',
    ).json()
    assert (changed["court_by"], changed["court_law"]) == ("2026-03-14T01:00:00Z", None)
    assert changed["since_at"] == "06:30"
