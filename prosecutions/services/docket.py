"""The docket: every open proceeding a person may see, the urgent first, none left out.

A proceeding is open while a charge or an appeal is undecided, or no charge is filed yet.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.permissions import Perm
from core import audit
from core.access import CONTENT
from core.services import service
from prosecutions.enums import HearingPurpose, NoNextDate
from prosecutions.models import Custody, Hearing, Prosecution, Suspect
from prosecutions.querysets import related

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User

MOST = 500
WEEK, NEAR = timedelta(days=7), timedelta(days=14)
OVERDUE, NO_DATE, CUSTODY, SOON, LATER = "overdue", "no-date", "custody", "week", "later"
GROUPS = {
    OVERDUE: (_("Overdue: the day has passed, no result recorded"), "danger"),
    NO_DATE: (_("No next date"), "danger"),
    CUSTODY: (_("In custody, last day for a charge near"), "warn"),
    SOON: (_("Next 7 days"), "warn"),
    LATER: (_("Later"), ""),
}
TILES = {
    OVERDUE: _("Overdue results"),
    NO_DATE: _("No next date"),
    CUSTODY: _("Custody limit near"),
    SOON: _("Next 7 days"),
    LATER: _("Later"),
}


@service(Perm.PROSECUTION_VIEW)
def read_docket(*, shown: str = "", actor: User) -> dict[str, Any]:
    """The open proceedings in groups; with `shown`, the group of this name."""
    found = list(_open(actor)[: MOST + 1])
    cut, found = len(found) > MOST, found[:MOST]
    held = list(_limits_near(actor))
    audit.read_rows(
        "prosecution.docket",
        Prosecution._meta.label,
        [row.pk for row in found],
        actor=actor,
        shown=[row.case_id for row in [*found, *held]],
    )
    rows = [_row(row, actor) for row in found] + [_held(row) for row in held]
    groups = [
        {"title": title, "tone": tone, "rows": [row for row in rows if row["group"] == name]}
        for name, (title, tone) in GROUPS.items()
        if shown in ("", name) or shown not in GROUPS
    ]
    path = reverse("prosecutions:docket")
    return {
        "tiles": [
            {
                "label": label,
                "count": sum(row["group"] == name for row in rows),
                "tone": GROUPS[name][1],
                "url": path if shown == name else f"{path}?show={name}",
                "on": shown == name,
            }
            for name, label in TILES.items()
        ],
        "groups": [group for group in groups if group["rows"]],
        "count": len(found),
        "cut": cut,
        "filtered": shown in GROUPS,
        "all_url": path,
        "can_feed": actor.has_perm(Perm.HEARING_FEED),
    }


def _open(user: Any) -> Any:
    """Open proceedings, each with its next listing and the last that was recorded."""
    hearings = Hearing.objects.visible_to(user).filter(prosecution=OuterRef("pk"))
    return (
        Prosecution.objects.visible_to(user)
        .open()
        .select_related("case", "court", "jurisdiction")
        .annotate(
            to_come=_first(hearings.to_come().order_by("listed_on", "listed_at", "pk")),
            last=_first(hearings.recorded().order_by("-listed_on", "-created_at")),
            due=Subquery(hearings.to_come().order_by("listed_on").values("listed_on")[:1]),
        )
        .order_by("due", "filed_on", "pk")
    )


def _limits_near(user: Any) -> Any:
    """Suspects in custody without a charge whose last day for one is near, or over."""
    charges = related(Suspect, "charges").filter(suspect=OuterRef("suspect"))
    return (
        Custody.objects.visible_to(user)
        .in_force()
        .filter(~Exists(charges), charge_by__lte=timezone.localdate() + NEAR)
        .select_related("case__jurisdiction", "suspect")
        .order_by("charge_by", "pk")[:MOST]
    )


def _held(row: Any) -> dict[str, Any]:
    today = row.case.jurisdiction.today
    return {
        "group": CUSTODY,
        "day": row.charge_by,
        "away": _in_days(row.charge_by, today),
        "reference": row.case.reference,
        "case_url": f"{row.case.get_absolute_url()}#suspects",
        "court": row.case.jurisdiction.name,
        "purpose": _("Charge of %(code)s, in custody for %(days)s days")
        % {"code": row.suspect.code, "days": (today - row.since).days},
    }


def _first(hearings: Any) -> Subquery:
    fields = ("id", "listed_on", "listed_at", "purpose", "no_next_date")
    return Subquery(hearings.values(found=JSONObject(**{name: name for name in fields}))[:1])


def _row(row: Any, user: Any) -> dict[str, Any]:
    coming, last, today = row.to_come, row.last, row.jurisdiction.today
    writes = user.scope.reaches(row.case, CONTENT)
    return {
        "group": _group_of(row.due, today),
        "day": row.due,
        "hour": (coming["listed_at"] or "")[:5] if coming else "",
        "away": _in_days(row.due, today) if row.due else "",
        "reference": row.case.reference,
        "case_url": f"{row.case.get_absolute_url()}#court",
        "court": row.court.name if row.court else row.jurisdiction.name,
        "docket": row.docket,
        "purpose": HearingPurpose(coming["purpose"]).label if coming else "",
        "why_none": _why_none(last) if not coming else "",
        "record_url": _verb("record-hearing", coming["id"])
        if writes and coming and row.due <= today and user.has_perm(Perm.HEARING_RECORD)
        else "",
        "list_url": reverse("prosecutions:list-hearing", args=[row.pk])
        if writes and not coming and user.has_perm(Perm.HEARING_LIST)
        else "",
    }


def _group_of(due: date | None, today: date) -> str:
    """Where a proceeding stands in the docket, by the day of its earliest unrecorded hearing."""
    if due is None:
        return NO_DATE
    if due < today:
        return OVERDUE
    return SOON if due <= today + WEEK else LATER


def _in_days(day: date, today: date) -> str:
    """“3 days ago”, “today”, “in 4 days”."""
    days = (day - today).days
    if days == 0:
        return str(_("today"))
    words = (
        ngettext("in %(n)s day", "in %(n)s days", days)
        if days > 0
        else ngettext("%(n)s day ago", "%(n)s days ago", -days)
    )
    return words % {"n": abs(days)}


def _why_none(last: dict[str, Any] | None) -> str:
    if last is None:
        return str(_("Never listed"))
    reason = last["no_next_date"]
    return str(NoNextDate(reason).label) if reason else str(_("Nobody said why"))


def _verb(name: str, pk: str) -> str:
    return f"{reverse(f'prosecutions:{name}', args=[pk])}?docket"
