"""A case as its reader may see it, a page at a time: what each page shows, from every app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.at_hand import is_pinned
from casework.enums import CaseStatus
from core.access import CONTENT
from desk.case.knowing import knowing
from desk.case.overview import overview
from desk.case.parts import PARTS, Parts
from desk.parts.opening import closed
from desk.present import lacking
from desk.words import STATUS_TONES

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from accounts.models import User
    from casework.models import Case

OVERVIEW, TIMELINE = "overview", "timeline"
LABELS: dict[str, StrPromise] = {
    OVERVIEW: _("Overview"),
    "people": _("People"),
    "court": _("Court"),
    "care": _("Care"),
    "investigation": _("Investigation"),
    "network": _("Network"),
    "documents": _("Documents"),
    "to-do": _("To do"),
    TIMELINE: _("Timeline"),
}
NAMES = {OVERVIEW: "desk:case", TIMELINE: "desk:timeline"}  # the others: desk:case-people, …


def case_page(case: Case, user: User, page: str) -> dict[str, Any]:
    """The context of one page of a case. A fixed number of queries, whatever the case holds."""
    if not user.scope.reads(case, Perm.CASE_VIEW):
        seen = {"can_see_content": False, "knowing": knowing(case, user)}
        return heading(case) | closed(case, user) | seen
    case.lacking = lacking(case)
    parts = Parts(case, user)
    context = overview(parts) if page == OVERVIEW else PARTS[page].shown(parts)
    frame = framed(parts, page) | {"accused": parts.guard(), "can_see_content": True}
    return frame | context | {"told": parts.told}


def framed(parts: Parts, page: str) -> dict[str, object]:
    """What stands around every page of a case: what it is, and the ways to the other pages."""
    return heading(parts.case) | {
        "sections": parts.seen,
        "pages": _pages(parts, page),
        "page_label": LABELS[page],
        "pinned": _is_pinned(parts.case, parts.user),
        "may_pin": parts.user.scope.reaches(parts.case, CONTENT),
        "nothing_open": page in PARTS and not parts.opens(PARTS[page]),
    }


def _is_pinned(case: Case, user: User) -> bool:
    return is_pinned(case, user) if case.pinned is None else case.pinned


def _pages(parts: Parts, here: str) -> list[dict[str, object]]:
    """The pages of a case of which any part is open to this reader."""
    return [
        {
            "label": label,
            "url": reverse(NAMES.get(name, f"desk:case-{name}"), args=[parts.case.pk]),
            "here": name == here,
        }
        for name, label in LABELS.items()
        if name not in PARTS or parts.opens(PARTS[name])
    ]


def heading(case: Case) -> dict[str, object]:
    return {
        "case": {
            "id": case.pk,
            "reference": case.reference,
            "programme": case.get_programme_display(),
            "office": case.office.name,
            "place": str(case.jurisdiction),
            "status": case.get_status_display(),
            "status_tone": STATUS_TONES[case.status],
            "opened_on": case.opened_on,
            "closed_on": case.closed_on,
            "support": case.get_support_level_display(),
            "sealed": case.sealed,
            "before_rescue": case.status in CaseStatus.BEFORE_RESCUE,
            "version": case.version,
        }
    }
