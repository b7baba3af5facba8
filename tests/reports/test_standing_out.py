"""What a dashboard says of its figures: ties, what needs attention, the map with its table."""

from __future__ import annotations

import pytest

from reports.dashboards import page
from reports.dashboards.catalogue import DASHBOARDS
from reports.dashboards.questions import asked_of
from tests import factories
from tests.reports.boards import compute, tried
from tests.reports.courtroom import day

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(office):
    return factories.case(office)


def shown(slug, reader):
    return page.board(DASHBOARDS[slug], asked_of({}, reader), reader)


def panel(board, code):
    return next(one for one in board["panels"] if one["panel"].code == code)


def test_a_tie_is_told_as_a_tie(case, case_manager, browser_client):
    """8 of 10 and 16 of 20 are one share, whatever stands behind it."""
    tried(case, 8, 2)
    tried(case, 16, 4, at="IN-MH")
    compute(browser_client(case_manager), "legal")
    board = shown("legal", case_manager)
    said = panel(board, "by-place")["picture"]["sentence"]
    assert "ighest" not in said  # of equals none is the highest
    assert "ighest" not in panel(board, "rate")["picture"]["sentence"]
    tried(case, 10, 0, at="IN-TS")
    compute(browser_client(case_manager), "legal")
    forest = panel(shown("legal", case_manager), "rate")["picture"]["sentence"]
    assert "lowest in Maharashtra and West Bengal, 80\u202f% each." in forest
    tried(case, 0, 30, at="IN-TS")
    compute(browser_client(case_manager), "legal")
    board = shown("legal", case_manager)
    forest = panel(board, "rate")["picture"]["sentence"]
    assert "Highest in Maharashtra and West Bengal, 80\u202f% each;" in forest
    said = panel(board, "by-place")["picture"]["sentence"]
    assert said.endswith(
        "Highest in Maharashtra (80\u202f% of 20) and West Bengal (80\u202f% of 10)."
    )


def test_what_stands_out_is_said_and_leads_to_its_report(case, case_manager, browser_client):
    this = case.jurisdiction.today.year  # the office of whoever reads
    tried(case, 12, 0, on=f"{this - 2}-05-01")
    tried(case, 8, 4, on=f"{this - 1}-05-01")
    client = browser_client(case_manager)
    compute(client, "programme")
    lines = shown("programme", case_manager)["attention"]
    assert [(line.words, line.url) for line in lines] == [
        (f"Conviction rate: −33 points from {this - 2} to {this - 1}", "/reports/conviction-rate/")
    ]
    factories.hearing(case, listed_on=day("2026-01-05"), result="")
    compute(client, "programme")
    words = [line.words for line in shown("programme", case_manager)["attention"]]
    assert any("Hearings without a result" in said for said in words)
    assert "What needs attention" in client.get("/dashboards/programme/").content.decode()


def test_the_table_beside_the_map_has_the_most_first_and_no_number_for_too_few(
    case, case_manager, browser_client
):
    tried(case, 9, 3)
    tried(case, 12, 0, at="IN-MH")
    tried(case, 1, 1, at="IN-TS")
    compute(browser_client(case_manager), "legal")
    listed = panel(shown("legal", case_manager), "by-place")["picture"]["listed"]
    assert [(one["name"], one["words"]) for one in listed] == [
        ("Maharashtra", "100\u202f% of 12"),
        ("West Bengal", "75\u202f% of 12"),
        ("Telangana", "too few for a rate, 2"),
    ]
