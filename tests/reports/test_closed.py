"""Whoever only counts survivors: closed periods, complementary cells, late entries."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from urllib.parse import urlencode

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from core import jobs
from core.days import clock
from core.models import Job
from reports.base import REPORTS
from reports.closed import is_closed, last_year, newest_periods, require_closed
from reports.models import Snapshot
from reports.params import BadParams, Params
from tests import factories
from tests.reports.boards import rescued

pytestmark = pytest.mark.django_db
SLUG = "rescues-and-victims"
REPORT = REPORTS[SLUG]
TODAY = date(2026, 11, 28)
MARCH = {"from": "2026-03-01", "to": "2026-03-31"}
QUARTER = {"from": "2026-01-01", "to": "2026-03-31"}


def params(first, last, as_of=TODAY):
    days = (date.fromisoformat(day) if day else None for day in (first, last))
    return Params(*days, as_of=as_of)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-10-01", "2026-10-31"),
        ("2024-02-01", "2024-02-29"),
        ("2026-07-01", "2026-09-30"),
        ("2025-01-01", "2025-12-31"),
        ("2025-04-01", "2026-03-31"),
    ],
)
def test_what_is_over_is_open_to_them(first, last):
    assert is_closed(REPORT, params(first, last), TODAY)
    assert not is_closed(REPORT, params(first, last, date(2026, 11, 27)), TODAY)


@pytest.mark.parametrize(
    ("first", "last", "field", "instead"),
    [
        ("2026-11-01", "2026-11-30", "to", "1 Oct 2026 to 31 Oct 2026"),  # not over
        ("2026-01-01", "2026-12-31", "to", "1 Oct 2026 to 31 Oct 2026"),
        ("2010-01-01", "2026-06-30", "to", "1 Jun 2026 to 30 Jun 2026"),
        ("2026-02-01", "2026-04-30", "to", "1 Apr 2026 to 30 Apr 2026"),  # no quarter
        ("2026-01-01", "2026-02-15", "to", "1 Jan 2026 to 31 Jan 2026"),
        ("2026-01-01", None, "from", "1 Oct 2026 to 31 Oct 2026"),
        (None, None, "from", "1 Oct 2026 to 31 Oct 2026"),
    ],
)
def test_a_free_window_is_refused_with_the_month_to_take(first, last, field, instead):
    with pytest.raises(BadParams) as refused:
        require_closed(REPORT, params(first, last), TODAY)
    (words,) = refused.value.errors[field]
    assert f"Ask for {instead}." in words


def test_without_a_period_it_is_the_year_that_is_over():
    asked = last_year(params(None, None))
    assert (asked.start, asked.end) == (date(2025, 1, 1), date(2025, 12, 31))
    for _words, period in newest_periods(TODAY):
        assert is_closed(REPORT, params(period["from"], period["to"]), TODAY)


@pytest.fixture
def manager(office):
    return factories.user("programme_manager", factories.office("global"))


@pytest.fixture
def case(office):
    return factories.case(office)


def looked(client, **given):
    """Ask, let the worker count, read the rows by place."""
    answer = client.post("report-runs/", {"report": SLUG, "params": given})
    assert answer.status_code == 202, answer.content
    run = answer.json()["id"]
    jobs.run(run)
    found = client.get(f"report-runs/{run}/").json()
    assert found["state"] == "done", found
    rows = found["result"]["rows"]
    return {row["jurisdiction"]["code"]: row for row in rows if row["programme"] is None}


FREE = {"from": "2010-01-01", "to": "2026-06-30"}


def test_free_windows_are_refused_at_every_door(api, browser_client, manager, case_manager):
    client, page = api(manager), browser_client(manager)
    answer = client.post("report-runs/", {"report": SLUG, "params": FREE})
    assert answer.status_code == 400
    assert "Ask for 1 Jun 2026 to 30 Jun 2026." in answer.json()["errors"]["params.to"][0]
    for answer in (
        page.post(f"/reports/{SLUG}/", FREE),
        page.get(f"/reports/{SLUG}/", FREE),
        page.get("/dashboards/programme/", FREE),
        page.post("/dashboards/programme/", FREE),
        page.get("/dashboards/field-office/served.csv", FREE),
        page.get("/dashboards/programme/paper.pdf", FREE),
    ):
        assert answer.status_code == 400, answer.request
        assert "1 Jun 2026 to 30 Jun 2026" in answer.content.decode()
    assert client.get(f"dashboards/programme/?{urlencode(FREE)}").status_code == 400
    assert client.post("dashboards/programme/compute/", FREE).status_code == 400
    made = {"report": SLUG, "span": "all", "day": 3}
    assert "span" in client.post("report-schedules/", made).json()["errors"]
    with pytest.raises(CommandError, match="1 Jun 2026 to 30 Jun 2026"):
        call_command("report", SLUG, reader=manager.username, **FREE)
    assert not Job.objects.exists()
    answer = api(case_manager).post("report-runs/", {"report": SLUG, "params": FREE})
    assert answer.status_code == 202, "whoever has row rights asks as before"
    answer = client.post("report-runs/", {"report": "conviction-rate", "params": FREE})
    assert answer.status_code == 202, "what counts no survivor is asked as before"


def test_figures_of_whoever_has_row_rights_are_not_theirs(api, browser_client, manager):
    officer = factories.user("data_officer", factories.office("global"))
    looked(api(officer), **FREE)
    snapshot = Snapshot.objects.get()
    assert api(manager).get(f"snapshots/{snapshot.pk}/").status_code == 404
    assert api(manager).get("snapshots/").json()["results"] == []
    for door in ("", "table.csv", "behind/?cell=IN|&of=k", "difference/"):
        page = browser_client(manager).get(f"/reports/snapshots/{snapshot.pk}/{door}")
        assert page.status_code == 404


def test_what_follows_from_the_rest_is_hidden_too(api, manager, case_manager, case):
    for place, many in (("IN-WB", 30), ("IN-MH", 15), ("IN-DL", 4)):
        rescued(case, many, at=place)
    rows = looked(api(manager), **MARCH)
    assert rows["IN-DL"]["rescued"] is None
    shown = [rows[place]["rescued"] for place in ("IN", "IN-WB", "IN-MH")]
    assert None in shown, "the fourth followed from these"
    assert {one for one in shown if one} <= {49, 30, 15}
    whole = looked(api(case_manager), **MARCH)
    assert [whole[one]["rescued"] for one in ("IN", "IN-WB", "IN-MH", "IN-DL")] == [49, 30, 15, 4]
    assert "as_of" not in whole["IN"]


def test_a_longer_period_gives_no_shorter_one_away(api, manager, case):
    rescued(case, 40, on="2026-03-10")
    assert looked(api(manager), **MARCH)["IN-WB"]["rescued"] == 40
    rescued(case, 3, on="2026-02-10")
    later = looked(api(manager), **QUARTER)
    assert later["IN-WB"]["rescued"] is None
    assert later["IN"]["rescued"] is None


def test_a_late_entry_changes_a_figure_from_eleven_on(api, manager, case):
    today = datetime.now(UTC).date()  # a key goes by UTC
    rescued(case, 20)
    assert looked(api(manager), **MARCH)["IN"]["rescued"] == 20
    with in_days(1):
        rescued(case, 3)
        row = looked(api(manager), **MARCH)["IN"]
    assert (row["rescued"], row["rescues"], row["as_of"]) == (20, 1, today.isoformat())
    with in_days(2):
        rescued(case, 22)
        row = looked(api(manager), **MARCH)["IN"]
    assert (row["rescued"], row["as_of"]) == (45, str(today + timedelta(days=2)))


def in_days(days):
    return time_machine.travel(timezone.now() + timedelta(days=days))


def test_the_page_says_of_which_day_a_line_is(api, browser_client, manager, case):
    first = datetime.now(UTC).date()
    rescued(case, 20)
    looked(api(manager), **MARCH)
    with in_days(1):
        rescued(case, 3)
        looked(api(manager), **MARCH)
    newest = Snapshot.objects.order_by("-as_of").first()
    page = browser_client(manager).get(f"/reports/snapshots/{newest.pk}/").content.decode()
    assert f"as of {first.day} {first:%b %Y}" in page
    table = browser_client(manager).get(f"/reports/snapshots/{newest.pk}/table.csv")
    assert f",{first.isoformat()}," in table.content.decode()


def test_what_was_sealed_meanwhile_does_not_show(api, manager, office):
    cases = [factories.case(office), factories.case(office)]
    for case, many in zip(cases, (30, 2), strict=True):
        rescued(case, many)
    before = looked(api(manager), **MARCH)["IN"]["rescued"]
    type(cases[1]).objects.filter(pk=cases[1].pk).update(level=4)
    assert looked(api(manager), **MARCH)["IN"]["rescued"] == before == 32


def test_two_looks_compared_name_nobody_that_came(api, browser_client, manager, case):
    rescued(case, 20)
    looked(api(manager), **MARCH)
    rescued(case, 3)
    looked(api(manager), **MARCH)
    new, old = Snapshot.objects.order_by("-created_at")
    answer = api(manager).get(f"snapshots/{new.pk}/difference/?with={old.pk}")
    assert answer.json()["figures"] == []


def test_the_command_prints_what_the_page_shows_and_remembers_it(api, manager, case):
    rescued(case, 20)
    assert by_command(manager) == 20
    rescued(case, 3)
    assert looked(api(manager), **MARCH)["IN"]["rescued"] == 20
    assert by_command(manager) == 20
    assert by_command(None) == 23, "the built-in reader counts for nobody"


def by_command(reader):
    out = StringIO()
    who = {"reader": reader.username} if reader else {}
    call_command("report", SLUG, stdout=out, **who, **MARCH)
    rows = json.loads(out.getvalue())["rows"]
    return next(row["rescued"] for row in rows if row["jurisdiction"]["code"] == "IN")


def test_a_dashboard_shows_the_year_that_is_over(browser_client, api, manager, case):
    year = clock.today().year - 1
    rescued(case, 30, on=f"{year}-03-10", served=20)
    page = browser_client(manager)
    assert page.post("/dashboards/field-office/", {}).status_code == 302
    for run in Job.objects.filter(kind="report", state="queued"):
        jobs.run(run.pk)
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}
    for asked in Snapshot.objects.exclude(closed_for="").values_list("params", flat=True):
        last = asked.get("to")
        assert last is None or date.fromisoformat(last) < clock.today()
    text = page.get("/dashboards/field-office/").content.decode()
    assert f"1 Jan {year} to 31 Dec {year}" in text
    assert "Last quarter" in text
    assert "This year" not in text
    assert page.get("/reports/").status_code == 200
    assert page.get("/dashboards/field-office/paper.pdf").status_code == 200
