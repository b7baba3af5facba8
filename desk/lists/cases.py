"""The list of cases: filters in the address, chips to take them away, pages by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count

from accounts.list_views import page_of
from accounts.permissions import Perm
from casework.lists import CASE_TABLE
from casework.models import Case
from core.access import CONTENT
from core.arrays import Array
from core.shortcuts.statements import THESE, KeptStatement
from desk.lists.case_facts import CaseRow, facts_of
from desk.lists.case_filter import CaseFilter
from desk.lists.cells import html_of, labels_of, of_case
from desk.lists.nouns import NOUNS
from desk.several.offered import offered
from victims.models import Involvement

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from django.db.models import QuerySet

    from accounts.models import User


def case_list(user: User, query: Mapping[str, str]) -> dict[str, Any]:
    """One page of cases."""
    page = page_of(CaseFilter(query, user=user))
    rows, labels = _rows(page.rows, user), labels_of(page)
    return {
        "list": page,
        "cases": rows,
        "lines": [(row, html_of(page, labels, of_case(row))) for row in rows],
        "can_give": user.has_perm(Perm.CASE_EXPORT),
        "can_take": user.has_perm(Perm.CASE_IMPORT),
        "can_open_case": user.has_perm(Perm.CASE_OPEN),
        "can_find_people": user.has_perm(Perm.IDENTITY_VIEW),
        "several": offered(CASE_TABLE.name, user),
        "can_answer": user.has_perm(Perm.TRANSFER_ANSWER),
        "can_see_sites": user.has_perm(Perm.SITE_VIEW),
        "lists": [noun for noun in NOUNS if user.has_perm(noun.needs)],
        "can_see_duplicates": user.has_perm(Perm.MATCH_VIEW),
    }


def _rows(cases: list[Case], user: User) -> list[CaseRow]:
    readable = {case.pk for case in cases if user.scope.reads(case, Perm.VICTIM_VIEW)}
    changeable = {case.pk for case in cases if user.scope.reaches(case, CONTENT)}
    people = dict(_kept.rows("people", _people, user, Array(readable)))
    alone, facts = _without_anybody(cases, user), facts_of(cases, user)
    return [
        CaseRow(
            case,
            team=facts.teams.get(case.pk),
            next=facts.next.get(case.pk),
            active=facts.active.get(case.pk),
            people=people.get(case.pk, 0) if case.pk in readable else None,
            mine=case.pk in user.standing.team and case.pk in changeable,
            alone=case.pk in alone,
            may_be_chosen=case.pk in changeable,
        )
        for case in cases
    ]


def _people(reader: Any) -> QuerySet[Involvement, Any]:
    rows = Involvement.objects.visible_to(reader).filter(case__any_of=THESE)
    return rows.values_list("case").annotate(Count("pk"))


def _without_anybody(cases: list[Case], user: User) -> set[UUID]:
    """Only who may know the teams is told that there is nobody."""
    if not user.has_perm(Perm.TEAM_VIEW):
        return set()
    return {pk for (pk,) in _kept.rows("alone", _alone, user, Array(case.pk for case in cases))}


def _alone(_reader: object) -> QuerySet[Case, Any]:
    rows = Case.objects.filter(pk__any_of=THESE).open().without_anybody()
    return rows.values_list("pk")


_kept = KeptStatement()
