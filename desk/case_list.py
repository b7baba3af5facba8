"""The list of cases: filters in the address, chips to take them away, pages by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.list_views import page_of
from accounts.permissions import Perm
from casework.lists import CASE_TABLE, CASES
from casework.models import Case
from core.access import CONTENT, EXISTS, SEALED
from core.pagination import address
from core.services import Refused
from desk.case_facts import facts_of
from desk.case_filter import CaseFilter
from desk.lists.nouns import NOUNS
from desk.several.offered import offered
from desk.words import STATUS_TONES
from victims.models import Involvement

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from uuid import UUID

    from accounts.models import User

MOST_IN_A_FILE = 5000


def case_list(user: User, query: Mapping[str, str]) -> dict[str, Any]:
    """One page of cases."""
    page = page_of(CaseFilter(query, user=user))
    return {
        "list": page,
        "cases": _rows(page.rows, user),
        "csv_url": address(reverse("desk:cases-csv"), page.kept)
        if user.has_perm(Perm.EXPORT_IDENTIFY)
        else "",
        "file_url": reverse("desk:cases-csv") if user.has_perm(Perm.EXPORT_IDENTIFY) else "",
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


def cases_for_a_file(
    user: User, query: Mapping[str, str], only: Collection[str] = ()
) -> list[Case]:
    """All cases of the filter, or `only` these, for a file that is not locked, or a refusal.

    As in an export without a second person: no sealed case, and none that is open to the person
    for a while only, by an emergency or a disclosure.
    """
    form, errors = CaseFilter(query, user=user), dict[str, list[str]]()
    order = CASES.order(query.get("sort", ""), errors)
    rows = form.narrow(CASES.reach(user)).order_by(*order.order(backwards=False))
    rows = rows.filter(user.scope.rows(EXISTS, case="pk", office="office"), level__lt=SEALED)
    if only:
        rows = rows.filter(pk__in=only)
    if form.errors or errors:
        words = _("A filter or an order in the address is not one of this list. Choose it again.")
        raise Refused(words)
    found = list(rows[: MOST_IN_A_FILE + 1])
    if len(found) > MOST_IN_A_FILE:
        raise Refused(
            _("These are more than %(n)s cases. Narrow the list first.") % {"n": MOST_IN_A_FILE}
        )
    return found


def as_table(cases: list[Case], mark: str) -> list[list[Any]]:
    """A head and a line for each case: that it exists, where it stands; no name, no content.

    `mark`: who took it and when, on each line.
    """
    head = ["reference", "status", "programme", "support", "place", "place_name", "office"]
    lines = [
        [
            *(case.reference, case.status, case.programme, case.support_level),
            *(case.jurisdiction.code, case.jurisdiction.name, case.office.code),
            *(case.opened_on, case.closed_on or "", mark),
        ]
        for case in cases
    ]
    return [[*head, "opened_on", "closed_on", "watermark"], *lines]


def _rows(cases: list[Case], user: User) -> list[dict[str, object]]:
    open_to_me = [case for case in cases if user.scope.reads(case, Perm.VICTIM_VIEW)]
    people = dict(
        Involvement.objects.visible_to(user)
        .filter(case__any_of=[case.pk for case in open_to_me])
        .values_list("case")
        .annotate(Count("pk"))
    )
    mine = set(user.scope.cases[CONTENT])
    readable = {case.pk for case in open_to_me}
    alone, facts = _without_anybody(cases, user), facts_of(cases, user)
    return [
        {
            "id": case.pk,
            "url": case.get_absolute_url(),
            "reference": case.reference,
            "programme": case.get_programme_display(),
            "office": case.office.name,
            "place": case.jurisdiction.name,
            "status": case.get_status_display(),
            "status_tone": STATUS_TONES[case.status],
            "opened_on": case.opened_on,
            "people": people.get(case.pk, 0) if case.pk in readable else None,
            "team": facts.teams.get(case.pk),
            "next": facts.next.get(case.pk),
            "active": facts.active.get(case.pk),
            "mine": case.pk in mine,
            "alone": case.pk in alone,
            "sealed": case.sealed,
            "may_be_chosen": user.scope.reaches(case, CONTENT),
        }
        for case in cases
    ]


def _without_anybody(cases: list[Case], user: User) -> set[UUID]:
    """Only who may know the teams is told that there is nobody."""
    if not user.has_perm(Perm.TEAM_VIEW):
        return set()
    rows = Case.objects.filter(pk__any_of=[case.pk for case in cases]).open().without_anybody()
    return set(rows.values_list("pk", flat=True))
