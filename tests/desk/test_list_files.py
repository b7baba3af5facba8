"""A list becomes a file: at once where it is of cases, providers, accounts or the history; locked
where it is of what stands in cases."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest

from accounts.models import SavedView
from core.access import SEALED
from core.models import AuditEvent
from exchange.models import Export
from tests import factories
from tests.exchange.taking import written
from tests.factories import courts

pytestmark = pytest.mark.django_db
WHY = {"reason": "figures", "format": "csv"}
LOCKED = {"format": "csv", "reason": "figures", "whom": ""}


@pytest.fixture
def page(case_manager, browser_client):
    return browser_client(case_manager)


@pytest.fixture
def watcher(browser_client):
    return browser_client(factories.user("auditor"))


@pytest.fixture
def houses(office):
    names = ("Invented Clinic", "Invented Shelter")
    return [factories.provider(name=name, services=["medical"]) for name in names]


def lines_of(answer):
    return list(csv.reader(answer.content.decode().splitlines()))


def test_providers_become_a_file_as_their_list_stands(page, houses, case_manager, said):
    url = page.get("/providers/?sort=-name").context["list"].file_url
    assert url == "/providers/file/?sort=-name"
    assert "All of the list you came from: 2 providers." in said(page.get(url))
    head, *lines = lines_of(page.post(url, WHY))
    assert head[:5] == ["name", "place", "place_name", "offers", "takes"]
    assert [line[0] for line in lines] == ["Invented Shelter", "Invented Clinic"]
    assert lines[0][3] == "Medical"
    assert lines[0][-1].startswith(f"{case_manager.username} 20")
    (event,) = AuditEvent.objects.filter(action="provider.exported")
    assert event.detail["reason"] == "figures"
    assert set(event.detail["ids"]) == {str(house.pk) for house in houses}


def test_those_that_are_ticked_come_as_a_workbook(page, houses, said):
    html = page.get("/providers/").content.decode()
    assert 'formaction="/providers/file/"' in html
    url = f"/providers/file/?row={houses[1].pk}&ticked=1"
    assert "in the file: 1 provider; left out: 0" in said(page.get(url))
    answer = page.post(url, WHY | {"format": "xlsx"})
    assert answer["Content-Disposition"].endswith('.xlsx"')
    _head, *rows = openpyxl.load_workbook(BytesIO(answer.content)).active.iter_rows()
    assert [row[0].value for row in rows] == ["Invented Shelter"]
    assert page.get("/providers/file/?ticked=1").status_code == 409


def test_providers_are_narrowed_to_a_place(page, houses):
    factories.provider(name="Invented Elsewhere", jurisdiction=factories.place("PH-MNL"))
    names = {row["provider"].name for row in page.get("/providers/?place=IN").context["providers"]}
    assert names == {house.name for house in houses}


def test_accounts_become_a_file_for_who_looks_after_them(page, browser_client, office):
    admin = browser_client(factories.user("system_admin"))
    factories.user("field_officer", office, name="Invented Officer")
    html = admin.get("/people/").content.decode()
    assert 'formaction="/people/file/"' in html
    head, *lines = lines_of(admin.post("/people/file/?role=field_officer", WHY))
    assert head == ["name", "username", "roles", "status", "added_on", "watermark"]
    assert [line[0] for line in lines] == ["Invented Officer"]
    assert lines[0][2] == f"Field officer, {office.name}"
    assert page.post("/people/file/", WHY).status_code == 403


def test_an_auditor_takes_the_history_away(watcher, page, said):
    page.get("/cases/")
    assert watcher.get("/audit/").context["list"].file_url == "/audit/file/"
    head, *lines = lines_of(watcher.post("/audit/file/?action=case.list", WHY))
    assert head[:3] == ["id", "at", "kind"]
    assert {line[5] for line in lines} == {"Saw it in a list of cases"}
    assert page.get("/audit/file/").status_code == 403
    assert AuditEvent.objects.filter(action="audit.exported").count() == 1


def test_the_history_is_looked_at_in_several_ways(watcher, said):
    watcher.get("/cases/")
    assert watcher.post("/views/audit/columns/", {"columns": ["who"]}).status_code == 302
    assert SavedView.objects.get().columns == ["who"]
    shown = watcher.get("/audit/").content.decode()
    assert 'data-label="Who"' in shown
    assert 'data-label="Record"' not in shown


LISTS = [
    ("survivors", "involvements", factories.involvement),
    ("suspects", "suspects", factories.suspect),
    ("hearings", "hearings", courts.hearing),
    ("referrals", "referrals", factories.referral),
]


@pytest.mark.parametrize(("listed", "noun", "make"), LISTS)
def test_what_stands_in_cases_leaves_locked(page, office, listed, noun, make, said):
    one, other = (make(factories.case(office)) for _one in range(2))
    shown = page.get(f"/cases/{listed}/?sort=-newest")
    assert f'formaction="/exports/new/{noun}/"' in shown.content.decode()
    assert "&lt;" not in shown.content.decode(), "a mark is no text"
    url = f"/exports/new/{noun}/?row={one.pk}&ticked=1&sort=-newest"
    asked = said(page.get(url))
    assert "Rows open to you 1" in asked
    assert "1 row, ticked in the list" in asked
    assert page.post(url, LOCKED).status_code == 200
    export = Export.objects.get()
    assert (export.what, export.filters) == (noun, {"ids": str(one.pk)})
    assert written(export).rows == 1
    assert other.pk


def test_a_file_of_a_list_is_narrowed_as_the_list_is(page, office, said):
    factories.involvement(factories.case(office))
    asked = said(page.get("/exports/new/involvements/?team=me&sort=-newest&view=x"))
    assert "team = me" in asked
    assert "sort" not in asked
    assert "Rows open to you 0" in asked
    for unknown in ("identities", "case", "workbook", "nothing"):
        assert page.get(f"/exports/new/{unknown}/").status_code == 404
    assert page.get("/exports/new/involvements/?ticked=1").status_code == 409


def test_ids_that_are_none_are_refused(api, case_manager):
    asked = {"what": "suspects", "reason": "figures", "filters": {"ids": "x"}}
    answer = api(case_manager).post("exports/", asked)
    assert answer.status_code == 400
    assert "filters" in answer.json()["errors"] or "filters" in str(answer.json())


def test_what_is_to_be_done_becomes_a_file_without_sealed_cases(page, office, case_manager, said):
    ours, sealed = factories.case(office), factories.case(office, level=SEALED)
    factories.assignment(sealed, case_manager, named=True)
    factories.assignment(ours, case_manager)
    soon = case_manager.home_office.today + timedelta(days=3)
    tasks = [factories.task(c, what="Invented call", due_on=soon) for c in (ours, sealed)]
    url = page.get("/to-do/?rule=own").context["list"].file_url
    assert url == "/to-do/file/?rule=own"
    head, *lines = lines_of(page.post(url, WHY))
    assert head[:2] == ["case", "what"]
    assert [line[:2] for line in lines] == [[ours.reference, "Invented call"]]
    ticks = "&".join(f"row={task.pk}" for task in tasks)
    assert "in the file: 1 thing to do; left out: 1" in said(page.get(f"/to-do/file/?{ticks}"))
