"""By what a case is open to its reader, until when, and to whom else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.permissions import Perm
from casework.enums import DisclosureStatus, Part
from casework.models import Disclosure
from casework.workflow import disclosure_workflow
from core.access import CONTENT
from desk.words import STATUS_TONES
from prosecutions.limits import source_of_clock
from prosecutions.models import CustodyClock

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Case
    from casework.querysets import DisclosureQuerySet

SECTIONS = {
    "inquiry": Perm.INQUIRY_VIEW,
    "rescues": Perm.RESCUE_VIEW,
    "court": Perm.PROSECUTION_VIEW,
    "care": Perm.REFERRAL_VIEW,
    "survivors": Perm.VICTIM_VIEW,
    "suspects": Perm.SUSPECT_VIEW,
    "sites": Perm.SITE_VIEW,
    "links": Perm.LINK_VIEW,
    "team": Perm.TEAM_VIEW,
    "to-do": Perm.TASK_VIEW,
    "notes": Perm.NOTE_VIEW,
    "documents": Perm.DOCUMENT_VIEW,
}
TONES = {DisclosureStatus.PROPOSED: "warn", DisclosureStatus.CONFIRMED: "ok"}
STEPS = {
    "confirm": "casework:confirm-disclosure",
    "refuse": "casework:refuse-disclosure",
    "end": "casework:end-disclosure",
}


def sections(case: Case, user: User) -> set[str]:
    """The sections of the case page this reader is shown; the others are not there at all."""
    return {
        name
        for name, view in SECTIONS.items()
        if user.has_perm(view) and user.scope.reads(case, view)
    }


def shown_by(case: Case, user: User) -> list[dict[str, object]]:
    """By what a case is open to somebody who is not on its team."""
    if user.scope.reaches(case, CONTENT) or not user.has_perm(Perm.DISCLOSURE_VIEW):
        return []
    return [_line(row, case) for row in _disclosures(case, user).in_force()]


def opening(case: Case, user: User) -> dict[str, object]:
    """To whom else a case is open, for its team."""
    if not (user.has_perm(Perm.DISCLOSURE_VIEW) and user.scope.reaches(case, CONTENT)):
        return {}
    rows = _disclosures(case, user)
    proposes = user.has_perm(Perm.DISCLOSURE_PROPOSE)
    return {
        "disclosures": [_offered(row, case, user) for row in rows],
        "disclose_url": reverse("casework:disclose", args=[case.pk]) if proposes else "",
    }


def _disclosures(case: Case, user: User) -> DisclosureQuerySet:
    rows = case.rows(Disclosure, user).with_state().select_related("user", "proposed_by")
    return rows.order_by("-created_at", "-pk")


def closed(case: Case, user: User) -> dict[str, object]:
    """What a reader is offered who only sees that the case exists."""
    may = user.has_perm(Perm.GLASS_BREAK)
    url = reverse("casework:open-in-emergency", args=[case.pk]) if may else ""
    return {"emergency_url": url, "hours": _hours(case, user), "readers_url": readers(case, user)}


def readers(case: Case, user: User) -> str:
    """Where it says who saw a case, for those who watch over that."""
    watches = user.has_perm(Perm.READERS_VIEW)
    return reverse("desk:case-readers", args=[case.pk]) if watches else ""


def _hours(case: Case, user: User) -> list[str]:
    """Until when somebody arrested may be held, for those who are told whoever is on the team."""
    rows = CustodyClock.objects.visible_in(case, user).order_by("court_by")
    return [
        _("Somebody was arrested. Before a court, or let go, by %(hour)s: %(law)s.")
        % {
            "hour": date_format(case.jurisdiction.clock(row.court_by), "j M Y, H:i"),
            "law": source_of_clock(row.country, row.court_by),
        }
        for row in rows
    ]


def _line(row: Disclosure, case: Case) -> dict[str, object]:
    return {
        "until": case.jurisdiction.clock(row.expires_at).date(),
        "basis": row.get_basis_display(),
        "document": row.document,
    }


def _offered(row: Any, case: Case, user: User) -> dict[str, object]:
    """One disclosure with the steps this reader may take now."""
    own = row.proposed_by_id == user.pk
    steps = [
        {"label": step.label, "url": reverse(page, args=[row.pk])}
        for name, page in STEPS.items()
        for step in [disclosure_workflow.steps[name]]
        if step.refusal(row, row.status, user) is None and not (own and name != "end")
    ]
    tone = TONES.get(DisclosureStatus(row.status), "")
    return _line(row, case) | {
        "id": row.pk,
        "user": row.user.name,
        "parts": [Part(part).label for part in row.parts],
        "status": _("Over") if row.is_over else row.get_status_display(),
        "tone": "" if row.is_over else tone,
        "proposed_by": row.proposed_by.name,
        "steps": [] if row.is_over else steps,
    }


def disclosed_to(user: User) -> list[dict[str, object]]:
    """The cases open to a prosecutor from outside, the first to close first."""
    rows = Disclosure.objects.in_force().visible_to(user).filter(user=user)
    rows = rows.select_related("case__jurisdiction").order_by("expires_at", "pk")
    return [
        _line(row, row.case)
        | {
            "case": row.case_id,
            "url": row.case.get_absolute_url(),
            "reference": row.case.reference,
            "status": row.case.get_status_display(),
            "status_tone": STATUS_TONES[row.case.status],
        }
        for row in rows
    ]
