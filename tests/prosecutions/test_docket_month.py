"""The docket as a month, the cause list of a day, and both for programs."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.models import Disclosure
from core.models import AuditEvent
from prosecutions.docket import DocketQuery, read_docket
from prosecutions.docket.month import by_day
from tests import factories
from tests.factories import justice
from tests.whole import examples

pytestmark = pytest.mark.django_db
NAME = "Canary Ivory"


def ask(user, query=""):
    return read_docket(asked=DocketQuery.of(QueryDict(query)), actor=user)


def listed(case, day, **fields):
    of = fields.pop("prosecution", None) or factories.charge(case).prosecution
    return factories.hearing(prosecution=of, listed_on=day, **fields)


def days_of(rows):
    """What a list has to say of days: each with its case."""
    return sorted((d["day"], d["purpose"], row["reference"]) for row in rows for d in row["dates"])


def months_of(user, query, days):
    """The same of every month something is listed in."""
    found = []
    for month in sorted({f"{day:%Y-%m}" for day in days}):
        told = ask(user, f"{query}&view=calendar&month={month}")["month"]
        found += [
            (cell["day"], entry["purpose"], entry["reference"])
            for week in told["weeks"]
            for cell in week
            for entry in cell["entries"]
        ]
    return sorted(found)


PLANS = st.lists(
    st.tuples(
        st.integers(-70, 90),
        st.sampled_from(["evidence", "bail", "judgment"]),
        st.sampled_from(["own", "new", "held", "none"]),
    ),
    max_size=8,
)


@settings(
    max_examples=examples(20),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(plan=PLANS)
@pytest.mark.nightly
def test_the_month_has_the_days_of_the_list_and_no_other(office, plan):
    """One question, two views: whatever is listed, with whatever filter."""
    lawyer = factories.user("legal_officer", office)
    case = factories.case(office)
    factories.assignment(case, lawyer)
    first, today = factories.charge(case).prosecution, case.jurisdiction.today
    used = set()
    for away, purpose, how in plan:
        day = today + timedelta(days=away)
        if how == "none":
            factories.charge(case)
        elif how == "held":
            factories.custody(case, since=day - timedelta(days=60), charge_by=day)
        elif how == "new":
            listed(case, day, purpose=purpose)
        elif (day, purpose) not in used:
            used.add((day, purpose))
            listed(case, day, purpose=purpose, prosecution=first)
    for query in ("", "show=overdue", "show=custody", "only=held", "stage=trial"):
        rows = ask(lawyer, query)["rows"]
        assert months_of(lawyer, query, by_day(rows)) == days_of(rows), query


def test_a_month_is_whole_weeks_and_says_its_neighbours(case, lawyer):
    told = ask(lawyer, "view=calendar&month=2026-12&only=child")["month"]
    cells = [cell for week in told["weeks"] for cell in week]
    assert len(cells) % 7 == 0
    assert [c["day"].day for c in cells if c["within"]] == list(range(1, 32))
    assert cells[0]["day"].weekday() == 0
    assert told["previous_url"] == "/docket/?only=child&view=calendar&month=2026-11"
    assert told["next_url"] == "/docket/?only=child&view=calendar&month=2027-01"


def test_the_page_of_a_month_shows_hour_case_and_purpose(case, page, said):
    listed(case, date(2026, 12, 14), listed_at="10:30", purpose="arguments")
    answer = page.get("/docket/?view=calendar&month=2026-12")
    assert f"10:30 {case.reference} Arguments" in said(answer)
    assert "December 2026" in said(answer)
    assert "Nothing is listed in this month." in said(
        page.get("/docket/?view=calendar&month=2027-05")
    )


def test_a_result_that_is_due_can_be_recorded_from_the_month(case, page):
    due = listed(case, case.jurisdiction.today)
    html = page.get("/docket/?view=calendar").content.decode()
    assert re.search(rf'href="/hearings/{due.pk}/record/\?docket" data-record', html)


# The cause list


@pytest.fixture
def heard(case):
    """Two hearings of one court on a day, one elsewhere."""
    day, court = date(2026, 12, 1), factories.agency(kind="court", name="Invented court")
    first = factories.charge(case).prosecution
    for number, of in ((2, first), (1, factories.charge(case).prosecution)):
        of.court, of.docket = court, f"SC {number}/2026"
        of.save()
        listed(case, day, prosecution=of, listed_at=f"1{number}:00", purpose="witness")
    listed(case, day)
    listed(case, day + timedelta(days=1))
    return day


def test_the_cause_list_is_by_court_and_hour(heard, page, said):
    answer = page.get(f"/docket/cause-list/?day={heard}")
    courts = answer.context["courts"]
    assert [len(court.rows) for court in courts] == [2, 1], "an hour not known comes last"
    assert [row.prosecution.docket for row in courts[0].rows] == ["SC 1/2026", "SC 2/2026"]
    assert "Tuesday 1 December 2026" in said(answer)


def test_it_says_references_and_numbers_and_nothing_of_survivors(heard, case, page, said):
    factories.identity(case, full_name=NAME)
    factories.suspect(case, name=NAME)
    person = factories.involvement(case, code="S-77")
    justice.participation(involvement=person)
    justice.accusation(involvement=person)
    answer = page.get(f"/docket/cause-list/?day={heard}")
    assert case.reference in said(answer)
    for word in (NAME, "S-77", "Girl", "child", "survivor of"):
        assert word not in said(answer).partition("Cause list ,")[2]


def test_reading_it_is_on_record(heard, case, page):
    page.get(f"/docket/cause-list/?day={heard}")
    event = AuditEvent.objects.get(action="prosecution.cause_list")
    assert case.pk in event.subjects
    assert len(event.detail["ids"]) == 3


@pytest.mark.parametrize("day", ["", "x", "2026-13-01", "20261201", "\0", "9999-12-31", "1" * 5000])
def test_an_odd_day_is_today(page, said, day, office):
    answer = page.get("/docket/cause-list/", {"day": day})
    assert (answer.status_code, answer.context["day"]) == (200, office.jurisdiction.today)
    assert "Nothing is listed on this day" in said(answer)


def test_today_is_the_day_of_the_office(browser_client, lawyer, case):
    with time_machine.travel(datetime(2026, 11, 30, 20, tzinfo=UTC)):  # in India half past one
        listed(case, date(2026, 12, 1))
        answer = browser_client(lawyer).get("/docket/cause-list/")
    assert answer.context["day"] == date(2026, 12, 1)
    assert [len(court.rows) for court in answer.context["courts"]] == [1]


def test_a_next_day_lies_after_the_day_it_is_at_the_court(case, browser_client, lawyer):
    with time_machine.travel(datetime(2026, 11, 30, 17, tzinfo=UTC)):  # there it is December
        abroad = factories.prosecution(case, jurisdiction=factories.place("PH"))
        due = factories.hearing(prosecution=abroad, listed_on=date(2026, 11, 17))
        form = browser_client(lawyer).get(f"/hearings/{due.pk}/record/").context["form"]
    assert "2" not in form.days  # that is 1 December, today
    assert min(form.days.values()) > date(2026, 12, 1)


def test_printing_the_docket_is_printing_the_cause_list(page):
    assert page.get("/docket/?view=print")["Location"] == "/docket/cause-list/"


# Two readers, a sealed case, a prosecutor from outside


@pytest.fixture
def rows_of(api):
    def ask_for(user):
        client = api(user)
        docket = client.get("docket/").json()["results"]
        causes = client.get("cause-list/?day=2026-12-01").json()["courts"]
        return (
            {row["case"] for row in docket},
            {cause["case"] for court in causes for cause in court["hearings"]},
        )

    return ask_for


def test_each_reader_sees_the_cases_of_their_own(case, office, rows_of):
    """The team, another office, a sealed case, an office without the team."""
    day, manila = date(2026, 12, 1), factories.office("manila", "PH-MNL")
    there, sealed = factories.case(manila), factories.case(office, level=4)
    cases = {"here": case, "there": there, "sealed": sealed}
    for one in cases.values():
        listed(one, day)
        justice.assistance_request(one)
        factories.custody(one, charge_by=day)
    named = factories.user("legal_officer", office)
    factories.assignment(sealed, named, named=True)
    readers = {
        factories.user("case_manager", office): {str(case.pk)},
        factories.user("case_manager", manila): {str(there.pk)},
        factories.user("legal_officer", office): set(),
        named: {str(sealed.pk)},
    }
    for reader, expected in readers.items():
        assert rows_of(reader) == (expected, expected), reader.name


@pytest.mark.parametrize("parts", [["suspect", "court"], ["suspect"], ["people"]])
def test_a_prosecutor_sees_what_was_disclosed(case, office, rows_of, parts):
    listed(case, date(2026, 12, 1))
    justice.participation(case)
    prosecutor = factories.user("prosecutor", office)
    Disclosure.objects.all().delete()
    factories.disclosure(case, prosecutor, parts=parts)
    docket, causes = rows_of(prosecutor)
    assert docket == causes == ({str(case.pk)} if "court" in parts else set())


def test_court_without_people_says_nothing_of_children(case, office, api):
    of = listed(case, date(2026, 12, 1)).prosecution
    justice.participation(case, prosecution=of)
    prosecutor = factories.user("prosecutor", office)
    Disclosure.objects.all().delete()
    factories.disclosure(case, prosecutor, parts=["suspect", "court"])
    (row,) = api(prosecutor).get("docket/").json()["results"]
    assert row["child"] is False
    assert api(prosecutor).get("docket/?only=child").json()["results"] == []


# For programs


def test_programs_read_the_same_rows(case, lawyer, api):
    due = listed(case, case.jurisdiction.today - timedelta(days=2), listed_at="10:30")
    justice.assistance_request(case, kind="laboratory")
    first, second = api(lawyer).get("docket/").json()["results"]
    assert (first["group"], first["dates"][0]["hearing"]) == ("overdue", str(due.pk))
    assert first["dates"][0]["hour"] == "10:30"
    assert (second["group"], second["awaited"]) == ("waiting", ["Report of a laboratory"])


REFUSED = [
    ("docket/?show=x", "show"),
    ("docket/?court=x", "court"),
    ("docket/?stage=x", "stage"),
    ("docket/?only=x", "only"),
    ("docket/?view=calendar", "view"),
    ("cause-list/?day=", "day"),
    ("cause-list/?day=tomorrow", "day"),
    ("cause-list/?day=2026-12-01&court=1", "court"),
    ("cause-list/?day=2026-12-01&whose=x", "whose"),
]


@pytest.mark.parametrize(("path", "field"), REFUSED)
def test_an_odd_question_of_a_program_is_refused_by_name(lawyer, api, path, field):
    answer = api(lawyer).get(path)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


def test_a_role_without_courts_may_not_ask(api, browser_client, office):
    manager = factories.user("programme_manager", office)
    for path in ("docket/", "cause-list/?day=2026-12-01"):
        assert api(manager).get(path).status_code == 403
    for path in ("/docket/", "/docket/cause-list/"):
        assert browser_client(manager).get(path).status_code == 403
