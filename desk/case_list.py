"""The list of cases: filters in the address, chips to take them away, pages by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Office
from accounts.permissions import Perm
from casework.enums import CaseStatus, Programme
from casework.models import Case
from core.access import CONTENT
from core.api import pagination
from core.api.pagination import Sort
from desk.words import STATUS_TONES
from victims.models import Involvement

if TYPE_CHECKING:
    from collections.abc import Mapping

NEWEST = Sort(("opened_on", "id"), descending=True)
FIELDS = {"status": "status", "programme": "programme", "office": "office__code", "mine": ""}


def case_list(user: Any, query: Mapping[str, str]) -> dict[str, Any]:
    """One page of cases. A filter value nobody offered is ignored by name, not obeyed."""
    filters = _filters(query)
    chosen = {f["name"]: f["value"] for f in filters if f["value"]}
    rows = Case.objects.visible_to(user).select_related("office", "jurisdiction")
    if chosen.pop("mine", ""):
        rows = rows.of_team(user)
    rows = rows.filter(**{FIELDS[name]: value for name, value in chosen.items()})
    page = pagination.paginate(rows, NEWEST, query.get("cursor", ""))
    path = reverse("desk:cases")
    active = {f["name"]: f["value"] for f in filters if f["value"]}
    return {
        "cases": _rows(page.rows, user),
        "filters": filters,
        "chips": [
            {
                "label": f"{f['label']}: {f['chosen_label']}",
                "remove_url": _without(path, active, f["name"]),
            }
            for f in filters
            if f["value"]
        ],
        "next_url": pagination.link(path, active, page.next),
        "previous_url": pagination.link(path, active, page.previous),
        "can_open_case": user.has_perm(Perm.CASE_OPEN),
        "can_find_people": user.has_perm(Perm.IDENTITY_VIEW),
        "can_see_duplicates": user.has_perm(Perm.MATCH_VIEW),
    }


def _rows(cases: list[Case], user: Any) -> list[dict[str, Any]]:
    open_to_me = [case for case in cases if user.scope.reads(case, Perm.VICTIM_VIEW)]
    people = dict(
        Involvement.objects.visible_to(user)
        .filter(case__in=open_to_me)
        .values_list("case")
        .annotate(Count("pk"))
    )
    mine = set(user.scope.cases[CONTENT])
    readable = {case.pk for case in open_to_me}
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
            "mine": case.pk in mine,
            "sealed": case.sealed,
        }
        for case in cases
    ]


def _filters(query: Mapping[str, str]) -> list[dict[str, Any]]:
    offices = Office.objects.filter(is_global=False).values_list("code", "name")
    offered = (
        ("mine", _("Team"), [("1", _("My cases"))]),
        ("status", _("Status"), CaseStatus.choices),
        ("programme", _("Programme"), Programme.choices),
        ("office", _("Office"), list(offices)),
    )
    return [_filter(name, label, choices, query.get(name, "")) for name, label, choices in offered]


def _filter(name: str, label: str, choices: Any, value: str) -> dict[str, Any]:
    labels = dict(choices)
    value = value if value in labels else ""
    options = [{"value": "", "label": _("All"), "selected": not value}]
    options += [{"value": v, "label": text, "selected": v == value} for v, text in choices]
    return {
        "name": name,
        "label": label,
        "value": value,
        "chosen_label": labels.get(value, ""),
        "options": options,
    }


def _without(path: str, active: dict[str, str], name: str) -> str:
    rest = {key: value for key, value in active.items() if key != name}
    return f"{path}?{urlencode(rest)}" if rest else path
