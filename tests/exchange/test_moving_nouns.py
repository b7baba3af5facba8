"""Every table of ours is a sheet or stands where it is said why not; a row of each comes back."""

from __future__ import annotations

import pytest

from aftercare.models import Escort, Repatriation
from casework.models import Assignment, Case, CaseLink, SameSite, Site
from casework.services.numbers import next_code
from exchange.workbooks.left_out import LEFT_OUT
from exchange.workbooks.sheets import BY_LABEL, SHEETS
from questions.models import Reply
from tests import factories
from tests.exchange.moving import CASE, DOC, emptied, faults, filled, given, lines, taken
from tests.factories import FACTORIES, questions
from tests.meta.tables import is_event, our_models


def test_every_table_has_a_sheet_or_a_reason():
    left_out = [label for labels in LEFT_OUT.values() for label in labels]
    assert len(left_out) == len(set(left_out))
    ours = {model._meta.label for model in our_models() if not is_event(model)}
    assert ours - BY_LABEL.keys() - set(left_out) == set()  # add a sheet, or say why there is none
    assert set(left_out) - ours == set()
    assert BY_LABEL.keys() & set(left_out) == set()


def test_the_document_says_what_is_left_out_and_why():
    text = " ".join(DOC.read_text(encoding="utf-8").split())
    assert [str(reason) for reason in LEFT_OUT if str(reason) not in text] == []


@pytest.mark.django_db
def test_a_row_of_every_sheet_comes_back_as_it_went(office):
    manager = factories.user("case_manager", office)
    factories.membership(manager, "programme_manager", office)
    case = factories.case(office)
    for sheet in SHEETS:
        if not sheet.is_cases and not sheet.found_by:
            at = {"case": case} if sheet.of_case or sheet.of_person else {}
            row = FACTORIES[sheet.model](**at)
            if sheet.beyond:
                _seen_from_the_other(row, sheet)
    for alone in Case.objects.exclude(pk__in=Assignment.objects.values("case")):
        factories.assignment(alone)  # a case without a team would get who takes it in
    before = given(office, manager)
    whole = lines(before)
    assert [name for name, rows in whole.items() if len(rows) == 1] == []
    emptied()
    taken(before, manager)
    after = lines(given(office, manager))
    other = {name: (rows, after[name]) for name, rows in whole.items() if after[name] != rows}
    assert other == {}


def _seen_from_the_other(row, sheet):
    """What is linked stands on both pages."""
    own = "site" if sheet.name == "same_sites" else "case"
    mirror = {own: row.other, "other": getattr(row, own), "case": case_of(row.other)}
    more = {"kind": row.kind} if sheet.name == "links" else {}
    sheet.model.objects.create(**(mirror | more))


def case_of(row):
    return getattr(row, "case", row)


@pytest.mark.nightly
@pytest.mark.django_db
def test_one_side_of_a_link_is_enough(case_manager):
    other = CASE | {"key": "2019/78", "jurisdiction": "PH-MNL"}
    link = {"key": "x", "case": "2019/77", "other": "2019/78", "kind": "related"}
    sites = [
        {"key": key, "case": key, "kind": "brothel", "jurisdiction": "IN-WB-KOL"}
        for key in ("2019/77", "2019/78")
    ]
    same = {"key": "s", "case": "2019/77", "site": "2019/77", "other": "2019/78"}
    content = filled(cases=[CASE, other], links=[link], sites=sites, same_sites=[same])
    assert taken(content, case_manager).rows == 6
    ends = CaseLink.objects.values_list("case__reference", "other__reference", "kind")
    assert set(ends) == {("2019/77", "2019/78", "related"), ("2019/78", "2019/77", "related")}
    assert SameSite.objects.count() == 2
    assert taken(content, case_manager).rows == 0
    assert CaseLink.objects.count() == 2


@pytest.mark.nightly
@pytest.mark.django_db
def test_of_several_the_last_line_counts(case_manager, office):
    first, second = factories.case(office), factories.case(office)
    for case in (first, second):
        journey = FACTORIES[Repatriation](case)
        for text in ("b", "a", "c"):
            Escort.objects.create(case=case, repatriation=journey, text=text)
    before = given(office, case_manager)
    emptied()
    taken(before, case_manager)
    for journey in Repatriation.objects.all():
        said = [escort.text for escort in journey.escorts.order_by("created_at")]
        assert said == ["b", "a", "c"]


@pytest.mark.django_db
def test_a_code_that_leaves_some_out_is_counted_on(case_manager):
    site = {"key": "p", "case": "2019/77", "kind": "brothel", "jurisdiction": "IN-WB-KOL"}
    odd = filled(cases=[CASE], sites=[site | {"code": "Villa"}])
    assert faults(odd, case_manager) == [("sites", 2, "code")]
    taken(filled(cases=[CASE], sites=[site | {"code": "P-2"}]), case_manager)
    assert next_code(Site, "P", Case.objects.get()) == "P-3"


@pytest.mark.django_db
def test_answers_are_held_against_their_set(case_manager):
    asked = [questions.question("lived_in", kind="yes_no", required=True)]
    questions.question_set(code="how", questions=asked)
    reply = {"key": "r", "case": "2019/77", "question_set": "how | 1", "about": "2019/77"}
    reply |= {"answers": '{"lived_in": true}'}
    wrong = [
        {"answers": '{"lived_in": "true"}'},
        {"answers": "[]"},
        {"about": "somebody"},
        {"question_set": "how | 2"},
    ]
    for cell in wrong:
        (column,) = cell
        told = faults(filled(cases=[CASE], replies=[reply | cell]), case_manager)
        assert ("replies", 2, column) in told, cell
    taken(filled(cases=[CASE], replies=[reply]), case_manager)
    kept = Reply.objects.get()
    assert (kept.about, kept.chosen) == (kept.case_id, ["lived_in=yes"])
