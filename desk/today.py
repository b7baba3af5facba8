"""Today: what a person needs to see first."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.urls import reverse

from accounts.permissions import Perm
from aftercare.enums import Need, ReferralStatus
from aftercare.models import Referral
from casework.models import Case, Rescue
from desk.knowing import openings
from desk.opening import disclosed_to, waiting_emergencies
from desk.words import STATUS_TONES
from prosecutions.models import Arrest
from victims.enums import Outcome
from victims.models import Involvement

MOST = 10


def today(user: Any) -> dict[str, Any]:
    """The context of Today: recent rescues, waiting drafts, own cases. Fixed query count."""
    office = user.home_office
    opened = {
        "greeting_office": office.name if office else "",
        "disclosed": disclosed_to(user),
        "emergencies": waiting_emergencies(user),
        "is_outside": user.has_perm(Perm.DISCLOSURE_VIEW) and not user.has_perm(Perm.TEAM_VIEW),
    }
    if opened["is_outside"]:
        return opened
    return opened | {
        "recent_rescues": recent_rescues(user),
        "draft_referrals": _drafts(user),
        "my_cases": _my_cases(user),
        "openings": openings(user),
        "can_log_rescue": user.has_perm(Perm.RESCUE_LOG),
        "can_open_case": user.has_perm(Perm.CASE_OPEN),
    }


def recent_rescues(user: Any) -> list[dict[str, Any]]:
    rows = list(
        Rescue.objects.visible_to(user)
        .select_related("case", "jurisdiction")
        .order_by("-occurred_on", "-id")[:MOST]
    )
    people = _count(Involvement.objects.filter(outcome=Outcome.RESCUED), user, rows)
    arrests = _count(Arrest.objects.all(), user, rows)
    return [
        {
            "id": row.pk,
            "case": row.case_id,
            "case_url": row.case.get_absolute_url(),
            "reference": row.case.reference,
            "place": row.jurisdiction.name,
            "when": row.jurisdiction.clock(row.occurred_at),
            "people": _known(people.get(row.pk, 0), row.case, user),
            "arrests": arrests.get(row.pk, 0),
            "programme": row.case.get_programme_display(),
        }
        for row in rows
    ]


def _known(number: int, case: Case, user: Any) -> int | None:
    """None where the people of the case are not open to the reader."""
    return number if user.scope.reads(case, Perm.VICTIM_VIEW) else None


def _count(of: Any, user: Any, rescues: list[Rescue]) -> dict[Any, int]:
    rows = of.visible_to(user).filter(rescue__in=rescues)
    return dict(rows.values_list("rescue").annotate(Count("pk")))


def _drafts(user: Any) -> list[dict[str, Any]]:
    rows = (
        Referral.objects.visible_to(user)
        .filter(status=ReferralStatus.DRAFT)
        .values("case", "case__reference", "need")
        .annotate(people=Count("involvement", distinct=True))
        .order_by("case__reference", "need")[:MOST]
    )
    return [
        {
            "case": row["case"],
            "case_url": reverse("desk:case", args=[row["case"]]),
            "reference": row["case__reference"],
            "need_label": Need(row["need"]).label,
            "people": row["people"],
        }
        for row in rows
    ]


def _my_cases(user: Any) -> list[dict[str, Any]]:
    rows = Case.objects.visible_to(user).of_team(user).open().select_related("jurisdiction")
    return [
        {
            "case": row.pk,
            "url": row.get_absolute_url(),
            "reference": row.reference,
            "programme": row.get_programme_display(),
            "status": row.get_status_display(),
            "status_tone": STATUS_TONES[row.status],
            "place": row.jurisdiction.name,
            "opened_on": row.opened_on,
        }
        for row in rows.order_by("-opened_on", "-id")[:MOST]
    ]
