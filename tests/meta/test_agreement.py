"""List, detail, filters and counts never disagree about a row or a field (M2, M4)."""

from __future__ import annotations

import re

import pytest

from core.api.viewsets import ReadViewSet
from core.lists.filters import code
from tests import factories
from tests.meta.addresses import Caller, of_kind
from tests.meta.relations import PEOPLE, place
from tests.meta.tables import walled
from tests.whole import share, some

pytestmark = pytest.mark.django_db

PERSONS = (
    "case_manager in the office",
    "field_officer in the office",
    "data_officer in the office",
    "prosecutor in the office",
    "safeguarding_lead in the office",
)
# Sorts by what every row shows in its order and not in words.
IN_THEIR_ORDER = {"created_at", "id", "at", "place"}
ALSO_FILTERED = {  # or sorted, by something else that the same reader is shown
    "suspect-list person": "the perpetrator, with all records that are the same person",
    "judgment-list sentence": "whether its sentences stand in the list of sentences",
    "protective-measure-list unanswered": "whether it has an answer",
    "accusation-list open": "whether it has an end",
    "estimate-list published": "whether it has a day on which it was",
    "consent-list standing": "whether a newer version replaced it",
    "withdrawal-list open": "whether they were told",
    "received-withdrawal-list open": "whether it is acknowledged",
    "compensation-payment-list received": "whether `received_on` says a day",
    "assistance-request-list unanswered": "whether it has an answer",
    "assistance-request-list waiting": "whether it has an answer, and a whole one",
    "case-list at_hand": "the reader's own pins, which are nobody else's",
    "task-list resting": "whether it has a day until which it rests",
    "task-list reference": "the case, whose number the same reader is shown",
    "user-list office": "where the person works, in the list of memberships",
    "user-list role": "as what the person works, in the list of memberships",
    "lead-list open": "whether it has an end",
    "choice-list own": "whether `is_own` says so",
    **{
        f"{listed}-list answer": "what is chosen in the list of replies about the row"
        for listed in ("case", "rescue", "involvement", "suspect", "hearing", "referral")
    },
    **{
        f"{listed}-list team": "whether the list of assignments of its case has somebody on it"
        for listed in ("case", "involvement", "suspect", "hearing", "referral")
    },
    "provider-staff-list in_force": "whether it has an end",
    "provider-list active": "whether it takes referrals",
    "provider-list age_months": "the ages it takes",
    "progress-note-list case": "the case of the referral it is under",
    "placement-list open": "whether it has a last day",
    "rehabilitation-payment-list counted": "whether a reason says that it counts no more",
    "repatriation-list planned_from": "the day it is planned for",
    "repatriation-list planned_to": "the day it is planned for",
    "incident-survivor-list in_force": "whether it was removed",
    "suspect-met-list in_force": "whether it was removed",
    "site-closing-list open_again": "whether it was reopened",
}
EPHEMERAL = re.compile(
    rb'name="(?:csrfmiddlewaretoken|key)"[^>]* value="[^"]*"|"request": ?"[^"]*"|'
    rb'content="[\w-]{36}"|nonce-[\w]+|, \d+ \w+ \d{4}, \d\d:\d\d\. Shred'
)


def lists():
    """Every list that has a detail, with the detail's address."""
    by_name = {a.name: a for a in of_kind("api")}
    for name, address in by_name.items():
        detail = by_name.get(name.removesuffix("-list") + "-detail")
        if not issubclass(address.cls, ReadViewSet) or not detail:
            continue
        if name.endswith("-list") and "get" in address.declared & detail.declared:
            yield address, detail


def list_name(one):
    """Of a list and its detail the name by which its turn comes."""
    return one[0].name


def rows_of(caller, address):
    """All pages of a list; nothing where it is closed to this person."""
    path, rows = f"{address.path()}?limit=200", []
    while path:
        answer = caller.look(path)
        if answer.status_code == 403:
            return None
        body = answer.json()
        rows += body["results"]
        path = body["next"] and body["next"].partition("testserver")[2]
    return rows


@pytest.mark.parametrize("name", some(PERSONS, "addresses", 1))
def test_a_row_in_a_list_is_the_row_of_its_own_address(world, name):
    """Field by field; and what is in no list has no address either."""
    caller, compared = Caller(place(PEOPLE[name], world.cases)), 0
    for address, detail in share(lists(), name, one_in=6, name=list_name):
        if (listed := rows_of(caller, address)) is None or address.model not in walled():
            continue
        by_id = {row["id"]: row for row in listed}
        for relation in world.cases:
            for row in world.of(address.model, relation)[:1]:
                answer = caller.look(detail.path(row.pk))
                assert (answer.status_code == 200) is (str(row.pk) in by_id), (detail, relation)
                if answer.status_code == 200:
                    assert answer.json() == by_id[str(row.pk)], (detail.name, relation)
                    compared += 1
    assert compared > 5


@pytest.mark.parametrize("name", some(PERSONS, "others", 1))
def test_rows_of_others_change_no_answer(name, office):
    """Lists, filters, counts: byte by byte the same after others wrote (M4)."""
    cases = {"own team": factories.case()}
    for model in walled():
        if model in factories.FACTORIES and model._meta.model_name != "case":
            factories.FACTORIES[model](case=cases["own team"])
    user = place(PEOPLE[name], cases)
    before = answers(user, name)
    manila = factories.office("manila", "PH-MNL")
    for case in (factories.case(manila), factories.case(level=4)):
        for model in walled():
            if model._meta.model_name != "case":
                factories.FACTORIES[model](case=case)
    after = answers(user, name)
    assert [path for path in before if before[path] != after[path]] == []


def answers(user, about):
    """What this person is shown on every address that names no row; by day on a third."""
    caller = Caller(user)
    several = [
        address
        for address in of_kind("page", "api")
        if "get" in address.declared and not address.keys and is_about_cases(address)
    ]
    return {
        address.path(): EPHEMERAL.sub(b"", caller.look(address.path()).content)
        for address in share(several, about, one_in=10, name=lambda address: address.name)
    }


def is_about_cases(address):
    """Lists of people and places are no case data; the factories make some beside each case."""
    if address.name in {"desk:people-file", "desk:providers-file"}:
        return False
    return address.model in walled() or address.name.startswith(("desk:", "reports:dashboard"))


def days(name):
    """The field behind a filter by days: `opened_from` narrows by `opened_on`, or by itself."""
    act, _mark, _end = name.rpartition("_")
    return {act, f"{act}_on", f"{act}_at"}


def blind_filters():
    """Filters and sorts by something the list does not show."""
    found = []
    for address, _detail in lists():
        shown = set(address.cls.serializer_class().fields)
        found += [
            f"{address.name}: filters by {name}"
            for name in address.cls.listed.filters
            if not {name, *days(name)} & shown and f"{address.name} {name}" not in ALSO_FILTERED
        ]
        for sort in address.cls.listed.orders.values():
            hidden = {column.partition("__")[0] for column in sort.columns} - shown
            found += [
                f"{address.name}: sorts by {column}"
                for column in sorted(hidden - IN_THEIR_ORDER)
                if f"{address.name} {column}" not in ALSO_FILTERED
            ]
    return found


def test_what_is_not_shown_is_neither_filtered_nor_sorted_by():
    assert blind_filters() == []


def test_an_unknown_filter_is_refused_by_name_whatever_it_says(case_manager):
    """Else hit and miss would tell a hidden value (M2)."""
    person = factories.identity(full_name="Invented Name")
    caller = Caller(case_manager)
    hidden = ("full_name", "victim__identity__full_name", "exact_place__text", "level", "q")
    for address, _detail in share(lists(), "unknown", one_in=18, name=list_name):
        if rows_of(caller, address) is None:
            continue
        for name in some(hidden, address.name, 2):
            hit, miss = (
                caller.look(f"{address.path()}?{name}={value}")
                for value in (person.full_name, "Nobody at all")
            )
            assert (hit.status_code, miss.status_code) == (400, 400), (address.name, name)
            assert name in hit.json()["errors"]
            assert EPHEMERAL.sub(b"", hit.content) == EPHEMERAL.sub(b"", miss.content)


def test_a_filter_by_what_is_hidden_is_found(monkeypatch):
    address, _detail = next(lists())
    monkeypatch.setattr(address.cls.listed, "filters", {"secret": code("secret")})
    assert f"{address.name}: filters by secret" in blind_filters()
