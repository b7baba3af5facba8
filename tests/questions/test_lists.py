"""Lists and files by the answers to own questions, and cases in which some are missing."""

from __future__ import annotations

import pytest

from reports.base import REPORTS
from reports.params import parse
from reports.readers import Reporter
from reports.run import compute
from tests import factories
from tests.exchange.taking import opened
from tests.factories import questions as made

pytestmark = pytest.mark.django_db
LIVED = made.question("lived_in", kind="yes_no", required=True)
LISTS = {  # by noun how a row is made of a case, and where rows are listed
    "case": (lambda case: case, "cases/", "/cases/"),
    "rescue": (factories.rescue, "rescues/", ""),
    "survivor": (factories.involvement, "involvements/", "/cases/survivors/"),
    "suspect": (factories.suspect, "suspects/", "/cases/suspects/"),
    "hearing": (factories.hearing, "hearings/", "/cases/hearings/"),
    "referral": (factories.referral, "referrals/", "/cases/referrals/"),
}


@pytest.fixture
def answered(office):
    """`answered(noun)`: two rows of it, of which the first is answered with yes."""

    def make(noun):
        asked = made.question_set(code="how", noun=noun, questions=[LIVED])
        cases = [factories.case(office) for _ in range(2)]
        rows = [LISTS[noun][0](case) for case in cases]
        for case, row, says in zip(cases, rows, (True, False), strict=True):
            made.reply(case, question_set=asked, about=row.pk, answers={"lived_in": says})
        return rows

    return make


@pytest.mark.parametrize("noun", LISTS)
def test_a_list_is_narrowed_by_an_answer(noun, answered, api, browser_client, case_manager, said):
    first, _second = answered(noun)
    _make, address, page = LISTS[noun]
    client, query = api(case_manager), "?answer=how.lived_in=yes"
    assert [row["id"] for row in client.get(address + query).json()["results"]] == [str(first.pk)]
    refused = client.get(f"{address}?answer=how")
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["answer"])
    if page:
        words = said(browser_client(case_manager).get(page + query))
        assert f"1 {noun} " in words
        assert "Own questions: Invented lived_in? Yes" in words
    stranger = api(factories.user("programme_manager", factories.office("global")))
    told = stranger.get(address + query)  # whoever reads no answers finds nobody by them
    assert told.status_code == 403 or told.json()["results"] == []


def test_open_cases_in_which_an_answer_is_missing_are_counted(answered, office):
    answered("case")
    factories.case(office)  # nobody answered
    factories.case(office, status="closed", closed_on="2026-06-01")
    report = REPORTS["data-quality"]
    rows = compute(report, Reporter(), parse({}, report)).rows
    row = next(row for row in rows if row["measure"] == "own_answered")
    assert (row["k"], row["n"]) == (2, 3)


@pytest.mark.parametrize("identifiers", [True, False])
@pytest.mark.usefixtures("fresh")
def test_the_file_of_a_list_has_the_answers_about_its_rows(identifiers, answered, case_manager):
    person, _other = answered("survivor")
    found = opened(
        case_manager,
        "involvements",
        identifiers=identifiers,
        filters={"answer": "how.lived_in=yes"},
    )
    if not identifiers:
        assert [part["list"] for part in found.manifest["lists"]] == ["involvements"]
        return
    (row,) = found.list("replies")
    assert (row["about"], row["answers"]) == (str(person.pk), {"lived_in": True})
