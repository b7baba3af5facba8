"""It is the day of the person's office: at night, before court opens, and when clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db.models import DateTimeField
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import Notice
from casework.models import Narrative
from core import jobs
from core.days import clock
from core.days.typed import say_day
from desk.rules import RULES
from desk.today.morning import MORNING, at_once
from places.models import Jurisdiction
from places.querysets import DayThere
from prosecutions.models import Suspect
from reports.params import Params
from reports.readers import scope_key
from tests import factories
from tests.whole import WHOLE

pytestmark = pytest.mark.django_db

OFFICES = {
    "kolkata": ("IN-WB-KOL", "Asia/Kolkata"),
    "phnompenh": ("KH-12", "Asia/Phnom_Penh"),
    "manila": ("PH-MNL", "Asia/Manila"),
    "sydney": ("AU", "Australia/Sydney"),
}
NIGHTS = [
    (office, datetime(2026, 12, 9, hour, minute))
    for office in ("kolkata", "phnompenh", "manila")
    for hour, minute in ((0, 30), (5, 0), (7, 59))
]
# In Sydney clocks go forward at 02:00 on 4 October 2026, and back at 03:00 on 5 April 2026.
CHANGES = [
    ("sydney", datetime(2026, 10, 4, hour, minute)) for hour, minute in ((0, 30), (3, 1), (23, 30))
] + [("sydney", datetime(2026, 4, 5, 2, 30, fold=fold)) for fold in (0, 1)]
DAY = timedelta(days=1)


class Here:
    """An office at a moment, with a case and people."""

    def __init__(self, code, local):
        place, zone = OFFICES[code]
        factories.people.PREFIXES.setdefault(code, "SYD")
        self.place = Jurisdiction.objects.get(code=place)
        self.office = factories.office(code, place)
        self.local, self.zone = local, ZoneInfo(zone)
        self.moment = local.replace(tzinfo=self.zone).astimezone(UTC)
        self.today = local.date()
        self.case = factories.case(self.office, jurisdiction=self.place)
        self.lead = factories.user("case_manager", self.office)
        self.hour = f"{local:%H:%M}"


# By day a night of two offices, and one change of clocks.
ASKED = NIGHTS + CHANGES if WHOLE else [NIGHTS[0], NIGHTS[5], CHANGES[1]]


@pytest.fixture(params=ASKED, ids=lambda one: f"{one[0]} {one[1]:%d %b %H:%M}")
def here(request):
    found = Here(*request.param)
    with time_machine.travel(found.moment, tick=False):
        yield found


@pytest.fixture
def page(here, browser_client):
    return browser_client(here.lead)


def in_words(day):
    return date_format(day, "j M Y")


@pytest.mark.by_turns(3)
def test_today_says_the_day_and_what_is_printed_the_hour(here, page, said):
    words = said(page.get("/"))
    assert f"{here.today:%A}, {here.today.day} {here.today:%B}" in words
    assert f"Printed by {here.lead.name} , {in_words(here.today)}, {here.hour}." in words


@pytest.mark.by_turns(3)
def test_what_is_due_is_said_by_that_day(here, page, said):
    for days, about in ((-1, "Yesterday"), (0, "Today"), (1, "Tomorrow")):
        due_on = here.today + days * DAY
        factories.task(here.case, what=f"{about} thing", due_on=due_on, assignee=here.lead)
    words = said(page.get("/to-do/"))
    for thing, due in (
        ("Yesterday thing", "1 day overdue"),
        ("Today thing", "due today"),
        ("Tomorrow thing", "due tomorrow"),
    ):
        assert due in words.partition(thing)[2][:120], thing
    tasks = page.get("/api/v1/tasks/").json()["results"]
    urgent = {one["what"]: one["urgency"] for one in tasks}
    assert urgent["Today thing"] == "at_once"
    assert urgent["Tomorrow thing"] == "this_week"


def test_a_rule_asks_from_that_day_on(here, page, browser_client, said):
    factories.hearing(
        prosecution=factories.prosecution(here.case, jurisdiction=here.place),
        listed_on=here.today,
    )
    assert "Record what came of a hearing" not in said(page.get("/"))
    with time_machine.travel(here.moment + DAY, tick=False):
        assert "Record what came of a hearing" in said(browser_client(here.lead).get("/"))


@pytest.mark.by_turns(3)
def test_docket_and_cause_list_are_of_that_day(here, page, said):
    of = factories.prosecution(here.case, jurisdiction=here.place)
    factories.hearing(prosecution=of, listed_on=here.today)
    assert f"Cause list {in_words(here.today)}" in said(page.get("/docket/cause-list/"))
    assert here.case.reference in said(page.get("/docket/cause-list/"))
    assert "today" in said(page.get("/docket/")).lower()
    listed = page.get("/api/v1/cause-list/")
    assert listed.status_code == 200, listed.content
    assert here.case.reference in listed.content.decode()


def test_forms_begin_with_that_day(here, page):
    for address, name in (("/cases/new/", "opened_on"), ("notes/new/", "happened_on")):
        path = address if address.startswith("/") else f"/cases/{here.case.pk}/{address}"
        shown = page.get(path).content.decode()
        assert f'value="{say_day(here.today)}"' in shown, name


def test_that_day_is_not_in_the_future_and_the_next_one_is(here, page):
    body = {"programme": "csec", "jurisdiction": here.place.code, "support_level": "own"}
    sent = page.post("/cases/new/", body | {"opened_on": str(here.today + DAY), "key": "late"})
    assert sent.status_code == 400
    assert "future" in sent.content.decode()
    sent = page.post("/cases/new/", body | {"opened_on": str(here.today), "key": "now"})
    assert sent.status_code == 302, sent.content.decode()


@pytest.mark.by_turns(3)
def test_stamps_stand_in_local_time(here, page, said):
    note = factories.narrative(here.case)
    Narrative.objects.filter(pk=note.pk).update(created_at=here.moment)
    words = said(page.get(f"/rescues/{note.rescue_id}/"))
    stamp = f"{in_words(here.today)}, {here.hour}"
    assert stamp in words.partition("What was changed")[2]
    assert f"Made by {here.lead.name} , {stamp}" in said(
        page.get(f"/cases/{here.case.pk}/summary/")
    )


def test_the_morning_is_that_of_the_office(here):
    factories.task(here.case, due_on=here.today)
    factories.task(here.case, due_on=here.today + DAY)
    with clock.by(here.lead.zone):
        assert at_once(here.lead) == 1
    job = jobs.request(f"{MORNING}-of", actor=here.lead, day=str(here.today))
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.result == {"things": 1}
    assert Notice.objects.filter(user=here.lead, kind=MORNING).count() == 1


def test_after_the_request_it_is_the_day_of_the_server(here, page):
    with timezone.override(UTC):
        page.get("/")
        assert timezone.get_current_timezone_name() == "UTC"


def test_what_a_report_was_computed_is_said_in_local_time(here, browser_client, said):
    reader = factories.user("programme_manager", here.office)
    asked = {"as_of": here.today, "params": Params().as_json()}
    snapshot = factories.snapshot(scope_key=scope_key(reader), **asked)
    type(snapshot).objects.filter(pk=snapshot.pk).update(created_at=here.moment)
    words = said(browser_client(reader).get(f"/reports/snapshots/{snapshot.pk}/"))
    assert f"Computed {in_words(here.today)}, {here.hour}" in words


# UTC: whoever is everywhere, and programs


@pytest.fixture
def night():
    found = Here("manila", datetime(2026, 12, 9, 0, 30))  # 16:30 of the 8th by UTC
    with time_machine.travel(found.moment, tick=False):
        yield found


def test_the_global_office_goes_by_utc_and_says_so(night, browser_client, said):
    chief = factories.user("auditor", factories.office("global"))
    words = said(browser_client(chief).get("/"))
    assert "Tuesday, 8 December 2026 UTC" in words
    assert "8 Dec 2026, 16:30 UTC" in words


def test_a_key_goes_by_utc_whosever_it_is(night, api):
    task = factories.task(night.case, due_on=night.today)
    row = api(night.lead).get(f"tasks/{task.pk}/").json()
    assert row["urgency"] == "this_week"
    with time_machine.travel(night.moment + timedelta(hours=8), tick=False):
        assert api(night.lead).get(f"tasks/{task.pk}/").json()["urgency"] == "at_once"


def test_moments_of_the_api_carry_their_offset(night, browser_client, api):
    note = factories.rescue(night.case, jurisdiction=night.place, occurred_at=night.moment)
    here = browser_client(night.lead).get(f"/api/v1/rescues/{note.pk}/").json()["occurred_at"]
    there = api(night.lead).get(f"rescues/{note.pk}/").json()["occurred_at"]
    assert here == "2026-12-09T00:30:00+08:00"
    assert there == "2026-12-08T16:30:00Z"


def test_figures_are_dated_where_it_happened_whoever_reads(night):
    """A suspect entered at half past midnight in Manila was entered on that day for everybody."""
    suspect = factories.suspect(night.case)
    Suspect.objects.filter(pk=suspect.pk).update(created_at=night.moment)
    rows = Suspect.objects.filter(pk=suspect.pk)
    for zone in (UTC, ZoneInfo("Asia/Kolkata"), night.zone):
        with clock.by(zone):
            there = DayThere("case__jurisdiction__time_zone", "created_at")
            day = rows.annotate(day=there).get().day
            assert day == date(2026, 12, 9)


# Several offices, several clocks


@pytest.fixture
def of_two(night):
    """First of Kolkata, where it is 22:00 of the 8th, then of Manila as well."""
    person = factories.user("case_manager", factories.office())
    factories.membership(person, "case_manager", night.office)
    return person


def test_of_several_offices_the_day_is_that_of_the_row(night, of_two, browser_client, said):
    page = browser_client(of_two)
    stamp = f"Made by {of_two.name} , "
    assert "Tuesday, 8 December 2026" in said(page.get("/"))
    assert f"{stamp}9 Dec 2026, 00:30" in said(page.get(f"/cases/{night.case.pk}/summary/"))
    at_home = factories.case(factories.office())
    assert f"{stamp}8 Dec 2026, 22:00" in said(page.get(f"/cases/{at_home.pk}/summary/"))
    task = factories.task(night.case, due_on=night.today)
    asked = page.get(f"/api/v1/tasks/{task.pk}/").json()
    assert asked["urgency"] == "at_once"


def test_a_program_stays_with_utc_whatever_the_row(night, of_two, api):
    task = factories.task(night.case, due_on=night.today)
    assert api(of_two).get(f"tasks/{task.pk}/").json()["urgency"] == "this_week"


def test_beside_the_hours_of_another_place_a_stamp_names_its_zone(browser_client, said):
    here = Here("kolkata", datetime(2026, 12, 9, 12, 0))
    with time_machine.travel(here.moment, tick=False):
        page = browser_client(here.lead)
        for place, named in (("PH-MNL", True), ("IN-WB-KOL", False)):
            note = factories.narrative(here.case)
            there = Jurisdiction.objects.get(code=place)
            type(note.rescue).objects.filter(pk=note.rescue_id).update(jurisdiction=there)
            words = said(page.get(f"/rescues/{note.rescue_id}/"))
            printed = words.partition("Printed by")[2][:60]
            assert ("9 Dec 2026, 12:00 UTC+5:30." in printed) == named
            assert "9 Dec 2026, 12:00" in printed


@pytest.mark.parametrize("rule", [r for r in RULES if r.due is not None], ids=lambda r: r.code)
def test_a_moment_is_due_on_the_day_of_the_office(rule):
    """A cast would take the day in UTC, on which a night in Kolkata began."""
    of_row = rule.rows(date(2026, 12, 9)).annotate(told=rule.due_on).query.annotations["told"]
    parts = list(of_row.flatten())
    moments = [one for one in parts if isinstance(getattr(one, "target", None), DateTimeField)]
    zones = [one for one in parts if getattr(one, "extra", {}).get("function") == "zone_of_office"]
    assert zones or not moments
