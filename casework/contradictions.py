"""What the records of a case must not say: done in the future, dated two ways."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Value
from django.utils import timezone

from casework.models import Closing, CustodyEvent, SiteClosing
from casework.paper_codes import CustodyStep
from core.contradictions import Rule, declare
from core.refusals import gettext_lazy as _
from places.querysets import DayThere

AHEAD = _("This day is in the future.")
CLOSED_STILL = _("It reopened after that day.")
DESTROYED = _("This was destroyed by order, so nothing more can be recorded about it.")
ZONE = "case__jurisdiction__time_zone"
BEHIND_ALL = timedelta(hours=12)  # where a day comes last


def ahead(field: str, zone: str = ZONE) -> Q:
    """The day in this field has not come at the place of the case. Of nearly every row it has come
    wherever that is; so its clock is looked at for the others alone."""
    now = timezone.now()
    come_everywhere = (now - BEHIND_ALL).astimezone(UTC).date()
    day = Q(**{f"{field}__gt": come_everywhere})
    return day & Q(**{f"{field}__gt": DayThere(zone, Value(now))})


def happened(label: str, *fields: str, zone: str = ZONE) -> None:
    """What these fields date is done, so it is not of a day to come."""

    def rule(field: str) -> Rule:
        return Rule(f"{field}_ahead", field, AHEAD, lambda: ahead(field, zone))

    declare(label, *map(rule, fields))


def _two_days() -> Q:
    there: Any = DayThere("jurisdiction__time_zone", "occurred_at")
    return ~Q(occurred_on=there)


def _closed_still() -> Exists:
    """It had been closed before, and opened again only after that day."""
    before = SiteClosing.objects.filter(site=OuterRef("site"), closed_on__lte=OuterRef("closed_on"))
    still = before.filter(reopened_on__gt=OuterRef("closed_on")).exclude(pk=OuterRef("pk"))
    return Exists(still)


def _case_closed_still() -> Exists:
    before = Closing.objects.filter(case=OuterRef("case"), closed_on__lt=OuterRef("closed_on"))
    still = Q(reopened_on__isnull=True) | Q(reopened_on__gt=OuterRef("closed_on"))
    return Exists(before.filter(still))


def _destroyed_before() -> Exists:
    gone = CustodyEvent.objects.filter(document=OuterRef("document"), step=CustodyStep.DESTROYED)
    return Exists(gone.filter(happened_on__lt=OuterRef("happened_on")))


declare(
    "casework.Rescue",
    Rule(
        "dated_two_ways",
        "occurred_on",
        _("At the place of this rescue, this time falls on another day."),
        _two_days,
    ),
)
declare(
    "casework.Closing",
    Rule(
        "closed_before_opened",
        "closed_on",
        _("A case cannot be closed before the day it was opened."),
        lambda: Q(closed_on__lt=F("case__opened_on")),
    ),
    Rule(
        "case_closed_still",
        "closed_on",
        _("The case was reopened later than that."),
        _case_closed_still,
    ),
)
declare("casework.SiteClosing", Rule("closed_still", "closed_on", CLOSED_STILL, _closed_still))
declare(
    "casework.CustodyEvent",
    Rule("destroyed_before", "happened_on", DESTROYED, _destroyed_before),
)
happened("casework.Case", "opened_on", zone="jurisdiction__time_zone")
happened("casework.Rescue", "occurred_on")
happened("casework.Closing", "closed_on", "reopened_on")
happened("casework.Lead", "received_on", "ended_on")
happened("casework.InvestigationStep", "done_on")
happened("casework.Note", "happened_on")
happened("casework.OnlineIncident", "began_on", "ended_on")
happened("casework.Document", "received_on")
happened("casework.CustodyEvent", "happened_on")
happened("casework.SiteClosing", "closed_on", "reopened_on")
