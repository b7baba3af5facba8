"""Survivors in the columns of CTDC: a golden file, and nobody in it can be picked out."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from io import BytesIO, StringIO
from itertools import combinations
from pathlib import Path

import openpyxl
import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from casework.models import Case
from core.models import AuditEvent
from core.services import Refused, StepUp
from reports.ctdc.anonymity import anonymous
from reports.ctdc.lines import BLANKED_FIRST, COLUMNS
from reports.ctdc.services import export_ctdc
from tests import factories
from tests.factories import persons
from victims.models import Involvement, RouteStop, Victim

GOLDEN = Path(__file__).parent / "golden" / "ctdc.csv"
K = 11


@given(
    st.lists(
        st.fixed_dictionaries(
            {"a": st.sampled_from("xy"), "b": st.sampled_from("12"), "c": st.sampled_from(" z")}
        ),
        max_size=60,
    )
)
def test_no_question_is_answered_by_fewer_than_k(lines):
    """The attack: filter by any values of any columns, and count."""
    names = ["c", "b", "a"]
    found = anonymous(lines, names, K)
    for width in range(1, 4):
        for asked in combinations(names, width):
            counts = Counter(tuple(line[name] for name in asked) for line in found)
            assert not counts or min(counts.values()) >= K
    assert len(found) <= len(lines)


def test_a_column_is_emptied_only_where_the_combination_is_rare():
    lines = [{"a": "x", "b": "1"}] * 11 + [{"a": "x", "b": "2"}] * 10 + [{"a": "y", "b": "3"}]
    found = anonymous(lines, ["b", "a"], K)
    assert found.count({"a": "x", "b": "1"}) == 11
    assert found.count({"a": "x", "b": "2"}) == 0
    assert found.count({"a": "", "b": ""}) == 11, "ten of x and one of y are eleven of nothing"
    assert len(found) == 22


def test_what_becomes_common_by_leaving_out_stays():
    lines = [{"a": "x", "b": str(n % 2)} for n in range(20)]
    assert anonymous(lines, ["b", "a"], K) == [{"a": "x", "b": ""}] * 20


def test_the_columns_are_those_of_the_dataset_of_2024():
    assert len(COLUMNS) == 27
    assert COLUMNS[:6] == [
        "yearOfRegistration",
        "gender",
        "ageBroad",
        "citizenship",
        "CountryOfExploitation",
        "traffickMonths",
    ]
    assert sorted(BLANKED_FIRST) == sorted(COLUMNS)


pytestmark = [pytest.mark.django_db]


@pytest.fixture
def survivor(office):
    """`survivor(**of the exploitation)`: somebody of 2025 who agreed."""
    case = factories.case(office, opened_on=date(2025, 5, 1))

    def make(*, agreed=True, sex="female", months=16 * 12, nationality="BD", **done):
        victim = Victim.objects.create(
            sex=sex, age_min_months=months, age_max_months=months, nationality=nationality
        )
        person = factories.involvement(case, victim)
        if agreed:
            persons.consent(person, purpose="statistics", recipient_kind="partners")
        values = {"controls": [], "forms": ["SexualExploitation"]}
        persons.exploitation(involvement=person, **(values | done))
        RouteStop.objects.create(
            case=case,
            involvement=person,
            position=1,
            kind="exploitation",
            jurisdiction=factories.place(),
        )
        return person

    return make


@pytest.fixture
def world(survivor):
    """Twelve alike, one of them with more; nine of another sex; one who has not agreed."""
    common = {"controls": ["DebtBondage", "TakesEarnings", "RestrictsMovement"], "months": 192}
    for _n in range(11):
        survivor(relationship="parent", sexual_kinds=["Prostitution"], **common)
    survivor(relationship="parent", sexual_kinds=["Pornography"], **common)
    for _n in range(9):
        survivor(sex="male", forms=["ForcedLabour"], industries=["F_Construction"])
    survivor(agreed=False)


def lines_of(manager, year=2025):
    return export_ctdc(year=year, reason="ctdc", actor=manager).table


def test_the_file_is_the_golden_one(world, case_manager, fresh):
    made = export_ctdc(year=2025, reason="ctdc", actor=case_manager)
    assert made.table == list(csv.reader(StringIO(GOLDEN.read_text())))
    assert (made.agreed, made.left_out) == (21, None)


def test_a_person_in_two_cases_is_one_line(survivor, office, case_manager, fresh):
    people = [survivor() for _n in range(11)]
    again = factories.involvement(
        factories.case(office, opened_on=date(2024, 1, 1)), people[0].victim
    )
    persons.consent(again, purpose="statistics", recipient_kind="partners")
    assert len(lines_of(case_manager)) == 1 + 11


def test_sealed_cases_and_those_found_no_victims_are_in_no_line(survivor, case_manager, fresh):
    people = [survivor() for _n in range(12)]
    assert len(lines_of(case_manager)) == 13
    people[0].exploitation.status = "NotAVictimOfTrafficking"
    people[0].exploitation.save()
    assert len(lines_of(case_manager)) == 12
    factories.assignment(people[0].case, case_manager, named=True)
    Case.objects.update(level=4)
    assert len(lines_of(case_manager)) == 1


def test_ten_are_too_few_for_any_line(survivor, case_manager, fresh):
    for _n in range(10):
        survivor()
    assert lines_of(case_manager) == [COLUMNS]


def test_only_years_that_are_over(world, case_manager, fresh):
    with time_machine.travel("2025-12-31T10:00:00Z", tick=False), pytest.raises(Refused) as refused:
        lines_of(case_manager)
    assert refused.value.field == "year"
    assert len(lines_of(case_manager, 2024)) == 1


def test_it_needs_the_verb_a_second_factor_and_a_reason(world, case_manager, field_officer):
    with pytest.raises(StepUp):
        lines_of(case_manager)
    with pytest.raises(PermissionDenied):
        lines_of(field_officer)


def test_what_it_is_for_is_said_and_kept(world, case_manager, fresh):
    with pytest.raises(Refused):
        export_ctdc(year=2025, reason="because", actor=case_manager)
    lines_of(case_manager)
    event = AuditEvent.objects.get(action="ctdc.exported")
    assert (event.detail["reason"], event.detail["year"]) == ("ctdc", 2025)
    agreed = Involvement.objects.exclude(consents=None)
    assert set(agreed.values_list("pk", flat=True)) <= set(event.subjects)


def test_page_and_interface_give_the_same(world, case_manager, browser_client, api):
    body = {"year": 2025, "reason": "research"}
    page = browser_client(case_manager).post("/reports/ctdc/", body)
    assert page.status_code == 200
    rows = list(csv.reader(StringIO(page.content.decode())))
    assert rows == list(csv.reader(StringIO(GOLDEN.read_text())))
    answer = api(case_manager).call("POST", "ctdc-exports/", body)
    assert answer.status_code == 200
    assert answer.json()["table"] == rows


def test_the_command_gives_the_same_to_who_may(world, case_manager, tmp_path, capsys):
    file, book = tmp_path / "people.csv", tmp_path / "people.xlsx"
    words = ["--year", "2025", "--reason", "ctdc", "--as"]
    golden = list(csv.reader(StringIO(GOLDEN.read_text())))
    call_command("ctdc", str(file), *words, case_manager.username)
    assert list(csv.reader(StringIO(file.read_text()))) == golden
    assert capsys.readouterr().out.startswith("11 lines of 21 people; 1 to 10 have not agreed")
    call_command("ctdc", str(book), *words, case_manager.username)
    rows = openpyxl.load_workbook(BytesIO(book.read_bytes())).active.iter_rows(values_only=True)
    assert [[value or "" for value in row] for row in rows] == golden
    events = AuditEvent.objects.filter(action="ctdc.exported")
    assert [(one.actor_id, one.detail["year"]) for one in events] == [(case_manager.pk, 2025)] * 2


def test_the_command_refuses_what_the_page_refuses(world, case_manager, field_officer, tmp_path):
    file = tmp_path / "people.csv"

    def give(as_whom, year="2025", reason="ctdc", to=file):
        call_command("ctdc", str(to), "--as", as_whom, "--year", year, "--reason", reason)

    with pytest.raises(CommandError, match="may not do this"):
        give(field_officer.username)
    with pytest.raises(CommandError, match="a year that is over"):
        give(case_manager.username, year=str(timezone.localdate().year))
    with pytest.raises(CommandError, match="There is no user"):
        give("nobody")
    with pytest.raises(CommandError, match="reason"):
        give(case_manager.username, reason="because")
    assert not file.exists()
    assert not AuditEvent.objects.filter(action="ctdc.exported").exists()
    with pytest.raises(CommandError, match="cannot be read or written"):
        give(case_manager.username, to=tmp_path)
