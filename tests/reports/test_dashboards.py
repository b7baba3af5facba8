"""What dashboards show: the newest figures of their reports, for this reader and these filters."""

from __future__ import annotations

import re
from datetime import date

import pytest
import time_machine

from core.days import clock
from core.models import Job
from reports.base import REPORTS
from reports.dashboards import page
from reports.dashboards.catalogue import DASHBOARDS
from reports.dashboards.paper import sheet
from reports.dashboards.pictures import PICTURES
from reports.dashboards.questions import all_questions, asked_of, questions_of
from reports.models import Snapshot
from reports.readers import Reporter
from tests import factories
from tests.factories import studies
from tests.reports.boards import ALL, compute, rescued, tried
from tests.reports.courtroom import charged, decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(office):
    return factories.case(office)


def shown(slug, reader, **filters):
    return page.board(DASHBOARDS[slug], asked_of(filters, reader), reader)


def panel(board, code):
    return next(one for one in board["panels"] if one["panel"].code == code)


def tile(board, label):
    return next(one for one in board["tiles"] if str(one["label"]) == label)


def words(board):
    return [line["words"] for line in board["trust"]]


def test_every_panel_draws_a_report_there_is_with_columns_there_are():
    for board in DASHBOARDS.values():
        for one in board.panels:
            report = REPORTS[one.report]
            named = {column.name for column in report.columns} | set(
                getattr(report, "measures", ())
            )
            assert one.picture in PICTURES
            assert set(one.shows) <= named, one.code
        assert len({one.code for one in board.panels}) == len(board.panels)
        assert set(board.trusts) <= set(REPORTS["data-quality"].measures)


def test_every_kind_of_work_has_a_dashboard_of_its_own():
    assert ALL == ["field-office", "legal", "aftercare", "programme", "data-quality"]


def test_the_rate_is_that_of_the_report_with_its_interval(case, case_manager, browser_client):
    tried(case, 9, 3)
    compute(browser_client(case_manager), "legal")
    board = shown("legal", case_manager)
    rate = tile(board, "Conviction rate")
    assert (rate["k"], rate["n"], rate["cell"]["value"]) == (9, 12, 75)
    forest = panel(board, "rate")["picture"]
    # Wilson, 95 %, of 9 in 12: 46.8 to 91.1.
    marks = [(m["name"], m["k"], m["n"], round(m["low"], 1)) for m in forest["marks"]]
    assert marks == [("India", 9, 12, 46.8), ("West Bengal", 9, 12, 46.8)]
    assert forest["sentence"] == (
        "In all 75\u202f% (9 of 12); between 47\u202f% and 91\u202f%, 95 times in 100."
    )


def test_under_ten_there_is_an_interval_and_no_rate(case, case_manager, browser_client):
    tried(case, 6, 3)
    compute(browser_client(case_manager), "legal")
    board = shown("legal", case_manager)
    assert tile(board, "Conviction rate")["cell"]["few"]
    assert {mark["dot"] for mark in panel(board, "rate")["picture"]["marks"]} == {None}
    assert panel(board, "rate")["picture"]["sentence"].startswith(
        "In all 6 of 9: too few for a rate."
    )
    (west_bengal,) = panel(board, "by-place")["picture"]["marks"]
    assert (west_bengal["code"], west_bengal["kind"]) == ("IN-WB", "few")
    (year,) = [p for p in panel(board, "by-year")["picture"]["points"] if p["n"]]
    assert (year["year"], year["dot"]) == (2026, None)


def test_the_map_is_coloured_by_the_rate_and_names_what_it_cannot_draw(
    case, case_manager, browser_client
):
    tried(case, 9, 3)
    tried(case, 10, 2, at="IN-MH")
    tried(case, 2, 10, at="IN-TS")
    compute(browser_client(case_manager), "legal")
    drawn = panel(shown("legal", case_manager), "by-place")["picture"]
    # 9 and 10 of 12 are 75 and 83 %: both between 70 and 84. Telangana has no shape in our file.
    assert [(m["code"], m["kind"]) for m in drawn["marks"]] == [("IN-MH", "4"), ("IN-WB", "4")]
    assert drawn["off"] == ["Telangana"]
    assert "Highest in Maharashtra: 83\u202f% of 12." in drawn["sentence"]
    assert [one["words"] for one in drawn["legend"]][:2] == ["0–39\u202f%", "40–54\u202f%"]


def test_a_country_without_a_shape_gets_bars_and_intervals(browser_client):
    """Not “nothing to count”, as where nothing is; on paper as well."""
    manager = factories.user("case_manager", factories.office("manila", "KE"))
    case = factories.case(manager.home_office, jurisdiction=factories.place("KE"))
    rescued(case, 3, at="KE")
    tried(case, 9, 3, at="KE")
    client = browser_client(manager)
    for slug, drawn_as in (("field-office", "places"), ("legal", "forest")):
        compute(client, slug)
        drawn = panel(shown(slug, manager), "by-place")["picture"]
        assert drawn["drawn_as"] == drawn_as
        assert client.get(f"/dashboards/{slug}/paper.pdf").status_code == 200


def test_the_programme_page_shows_the_convicted_once(case, case_manager, browser_client):
    tried(case, 8, 2)
    client = browser_client(case_manager)
    compute(client, "programme")
    board = shown("programme", case_manager)
    assert tile(board, "Conviction rate")["k"] == 8
    funnel = panel(board, "stages")["picture"]
    assert "Convicted" not in [str(bar["words"]) for bar in funnel["bars"]]
    assert "These are not the persons convicted of the conviction rate" in funnel["sentence"]


@pytest.fixture
def in_2026():
    with time_machine.travel("2026-11-24T06:00:00Z"):
        yield


@pytest.mark.usefixtures("in_2026")
def test_every_year_is_asked_apart_and_this_one_is_not_over(case, case_manager, browser_client):
    tried(case, 11, 1, on="2025-05-01")
    tried(case, 3, 9)
    compute(browser_client(case_manager), "legal")
    drawn = panel(shown("legal", case_manager), "by-year")["picture"]
    last, before = drawn["points"][-1], drawn["points"][-2]
    assert [point["year"] for point in drawn["points"]] == [2021, 2022, 2023, 2024, 2025, 2026]
    assert (last["k"], last["n"], last["so_far"]) == (3, 12, True)
    assert (before["k"], before["n"], before["so_far"]) == (11, 12, False)
    assert len(drawn["line"]) == 1
    # 3 of 12 lies between 9 and 53 %, 11 of 12 between 65 and 99 %: the bars do not overlap.
    assert drawn["sentence"] == (
        "In 2026 so far 25\u202f% (3 of 12); in 2025 92\u202f% (11 of 12)."
    )


@pytest.mark.usefixtures("in_2026")
def test_the_last_whole_year_is_compared_with_the_one_before(case, case_manager, browser_client):
    tried(case, 9, 3, on="2024-05-01")
    tried(case, 11, 1, on="2025-05-01")
    tried(case, 1, 11)  # this year is not over
    rescued(case, 12, on="2024-03-10")
    rescued(case, 15, on="2025-03-10")
    client = browser_client(case_manager)
    compute(client, "legal")
    # 11 of 12 are 92 %, 9 of 12 are 75 %.
    change = tile(shown("legal", case_manager), "Conviction rate")["change"]
    assert change == {
        "year": 2025,
        "before": 2024,
        "by": 17,
        "counted_in": "points",
        "signed": "+17",
    }
    (told,) = [
        one["change"]
        for one in client.get("/api/v1/dashboards/legal/").json()["tiles"]
        if one["report"] == "conviction-rate"
    ]
    assert told == {"year": 2025, "before": 2024, "by": 17, "counted_in": "points"}
    assert (
        '2025: <bdi dir="ltr">+17</bdi> points on 2024'
        in client.get("/dashboards/legal/").content.decode()
    )
    compute(client, "field-office")
    board = shown("field-office", case_manager)
    assert tile(board, "Brought to safety")["change"]["signed"] == "+25"
    assert tile(board, "Rescues")["change"] is None  # one beside one: too few for a percentage


def test_a_year_that_is_not_whole_is_compared_with_none(case, case_manager, browser_client):
    tried(case, 9, 3, on="2024-05-01")
    tried(case, 11, 1, on="2025-05-01")
    client = browser_client(case_manager)
    for period in ({"from": "2024-02-01"}, {"to": "2025-11-30"}):
        compute(client, "legal", **period)
        board = shown("legal", case_manager, **period)
        assert tile(board, "Conviction rate")["change"] is None, period


@pytest.mark.parametrize(("day", "year"), [("2026-12-31", 2025), ("2027-01-01", 2026)])
def test_on_its_last_day_a_year_is_not_over(case, case_manager, browser_client, day, year):
    for number, acquitted in (("2024", 3), ("2025", 1), ("2026", 2)):
        tried(case, 9, acquitted, on=f"{number}-05-01")
    with time_machine.travel(f"{day}T06:00:00Z"):
        compute(browser_client(case_manager), "legal")
        change = tile(shown("legal", case_manager), "Conviction rate")["change"]
    assert change["year"] == year


def test_years_lie_within_the_period_asked_for():
    board, asked = (
        DASHBOARDS["legal"],
        asked_of({"from": "2024-06-01", "to": "2025-03-31"}, Reporter()),
    )
    found = questions_of(board.panel("by-year"), asked.params)
    spans = [(one.year, str(one.params.start), str(one.params.end)) for one in found]
    assert spans == [
        (2024, "2024-06-01", "2024-12-31"),
        (2025, "2025-01-01", "2025-03-31"),
    ]


def test_opening_computes_nothing_and_asks_for_each_question_once(
    case, case_manager, browser_client
):
    client = browser_client(case_manager)
    text = client.get("/dashboards/legal/").content.decode()
    assert "0 of 12 computed." in text
    assert not Snapshot.objects.exists()
    client.get("/dashboards/legal/")
    client.post("/dashboards/legal/")
    client.post("/dashboards/legal/")
    # Conviction rate over all and for six years, stages, time, hearings, clearance, completeness.
    assert Job.objects.filter(kind="report").count() == 12
    assert len(all_questions(DASHBOARDS["legal"], asked_of({}, Reporter()).params)) == 12


def test_without_a_day_the_latest_day_answers_and_a_day_is_answered_exactly(
    case, case_manager, browser_client
):
    tried(case, 12, 0, on="2026-02-01")
    client = browser_client(case_manager)
    compute(client, "legal")
    tried(case, 12, 0, on="2026-03-01")
    compute(client, "legal")
    compute(client, "legal", as_of="2026-02-15")  # computed last, but of an earlier day
    assert tile(shown("legal", case_manager), "Conviction rate")["n"] == 24
    assert tile(shown("legal", case_manager, as_of="2026-02-15"), "Conviction rate")["n"] == 12
    assert not shown("legal", case_manager, as_of="2026-02-16")["computed"]


def test_a_place_asked_for_narrows_every_picture(case, case_manager, browser_client):
    tried(case, 10, 2)
    tried(case, 12, 0, at="IN-MH")
    client = browser_client(case_manager)
    compute(client, "legal", jurisdiction="IN-MH")
    board = shown("legal", case_manager, jurisdiction="IN-MH")
    rate = tile(board, "Conviction rate")
    assert (rate["k"], rate["n"]) == (12, 12)
    marks = panel(board, "rate")["picture"]["marks"]
    assert [mark["name"] for mark in marks] == ["Maharashtra"]


def test_a_person_tried_in_two_countries_counts_once(case, case_manager, browser_client):
    suspect = factories.suspect(case)
    tried(case, 11, 0)
    for at in ("IN-WB", "KH"):
        decided(charged(suspect, "2026-01-15", at), "convicted_trial", "2026-09-01")
    compute(browser_client(case_manager), "legal")
    assert tile(shown("legal", case_manager), "Conviction rate")["n"] == 12


def test_who_counts_without_row_rights_sees_no_small_count_of_survivors(
    case, case_manager, browser_client
):
    year = clock.today().year - 1
    rescued(case, 7, served=5, on=f"{year}-03-10")
    counter = factories.user("programme_manager", factories.office("global"))
    compute(browser_client(counter), "field-office")
    board = shown("field-office", counter)
    (mark,) = panel(board, "by-place")["picture"]["marks"]
    assert (mark["kind"], mark["words"]) == ("hidden", "hidden")
    assert "West Bengal" in panel(board, "served")["picture"]["left_out"]
    assert any("1 to 10 are hidden, in" in said for said in words(board))
    compute(browser_client(case_manager), "field-office")
    board = shown("field-office", case_manager)
    (mark,) = panel(board, "by-place")["picture"]["marks"]
    assert (mark["kind"], mark["words"]) == ("5", "7")
    assert not any("are hidden, in" in said for said in words(board))


def test_figures_of_other_cases_answer_nobody_else(case, case_manager, browser_client):
    tried(case, 9, 3)
    compute(browser_client(case_manager), "legal")
    other = factories.user("case_manager", factories.office("manila"))
    assert not shown("legal", other)["computed"]
    same = factories.user("legal_officer", case.office)
    assert shown("legal", same)["computed"] == 12


def test_trust_says_how_complete_the_records_are(case, case_manager, browser_client):
    tried(case, 9, 3)
    compute(browser_client(case_manager), "legal")
    board = shown("legal", case_manager)
    tones = {line["words"]: line["tone"] for line in board["trust"]}
    assert tones["“Conviction rate” counts persons: 12."] == "info"
    # Nine convicted, no sentence on record: too few for a share, so the counts alone.
    assert tones["Sentence recorded, of the convicted: 0 of 9."] == "info"
    assert tones["Charges that name a survivor: 0\u202f% (0 of 12)."] == "warn"
    assert "Sealed cases are left out of every figure." in tones


def test_figures_of_two_days_are_told_apart(case, case_manager, browser_client):
    tried(case, 9, 3)
    compute(browser_client(case_manager), "legal")
    old = Snapshot.objects.filter(report="hearings").order_by("created_at").first()
    params = old.params | {"as_of": "2026-01-05"}
    # As the owner: a snapshot is never changed by the application.
    Snapshot.objects.filter(pk=old.pk).update(as_of=date(2026, 1, 5), params=params)
    board = shown("legal", case_manager)
    assert board["trust"][0]["tone"] == "warn"
    assert "from 5 Jan 2026 to" in board["trust"][0]["words"]


def test_whose_work_narrows_justice_and_trust_names_what_it_does_not(
    case, case_manager, browser_client
):
    tried(case, 9, 3)
    compute(browser_client(case_manager), "legal", attribution="external")
    board = shown("legal", case_manager, attribution="external")
    assert tile(board, "Conviction rate")["cell"] is None
    assert any(
        said == "Whose work it was does not narrow: Why hearings were adjourned; "
        "Proceedings with no next date, by place."
        for said in words(board)
    )


def test_counts_by_year_have_a_scale_each(case, case_manager, browser_client):
    rescued(case, 4, on="2025-03-10")
    rescued(case, 8)
    compute(browser_client(case_manager), "field-office")
    # Of all years, not of the last one that a panel by year begins with.
    assert "“Survivors served” counts persons: 12." in words(shown("field-office", case_manager))
    charts = panel(shown("field-office", case_manager), "by-year")["picture"]["charts"]
    found = {str(one["label"]): [bar["value"] for bar in one["bars"]] for one in charts}
    assert found == {"Rescues": [1, 1], "Brought to safety": [4, 8]}
    heights = {str(one["label"]): [bar["height"] for bar in one["bars"]] for one in charts}
    assert heights == {"Rescues": [100, 100], "Brought to safety": [50, 100]}


def test_what_is_not_representative_is_marked_and_compared_with_nothing(
    case_manager, browser_client, office
):
    for title, k, stands in (("Venues", 30, True), ("Streets", 60, True), ("Contacts", 90, False)):
        study = studies.study(title=title, is_representative=stands)
        found = studies.stratum(study)
        studies.estimate(found, k=k, n=100, published_on=date(2026, 2, 1))
    client = browser_client(case_manager)
    compute(client, "programme")
    board = shown("programme", case_manager)
    drawn = panel(board, "prevalence")["picture"]
    assert [(m["name"], m["apart"]) for m in drawn["marks"]] == [
        ("Venues", False),
        ("Streets", False),
        ("Contacts", True),
    ]
    assert drawn["sentence"] == (
        "Highest: Streets, 60\u202f%. Lowest: Venues, 30\u202f%. "
        "Not representative, so not compared: Contacts."
    )
    text = client.get("/dashboards/programme/").content.decode()
    assert len(re.findall(r"<bdi>Not representative</bdi>\s*</span>", text)) == 1
    panels = sheet(DASHBOARDS["programme"], asked_of({}, Reporter()), board)["panels"]
    (told,) = (one for one in panels if one["title"].startswith("Minors"))
    names = [mark["name"] for mark in told["marks"]]
    assert [name.endswith("Not representative") for name in names] == [False, False, True]
