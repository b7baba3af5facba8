"""What the records of a case must not say: done in the future, dated two ways."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.contradictions import Rule, declare
from places.querysets import DayThere

AHEAD = _("This day lies in the future.")
ZONE = "case__jurisdiction__time_zone"


def ahead(field: str, zone: str = ZONE) -> Q:
    """The day in this field has not come at the place of the case."""
    return Q(**{f"{field}__gt": DayThere(zone, Value(timezone.now()))})


def happened(label: str, *fields: str) -> None:
    """What these fields date is done, so it is not of a day to come."""

    def rule(field: str) -> Rule:
        return Rule(f"{field}_ahead", field, AHEAD, lambda: ahead(field))

    declare(label, *map(rule, fields))


def _two_days() -> Q:
    there: Any = DayThere("jurisdiction__time_zone", "occurred_at")
    return ~Q(occurred_on=there)


declare(
    "casework.Rescue",
    Rule(
        "dated_two_ways",
        "occurred_on",
        _("The moment of this rescue lies on another day at its place."),
        _two_days,
    ),
)
declare(
    "casework.Closing",
    Rule(
        "closed_before_opened",
        "closed_on",
        _("A case is not closed before the day it was opened."),
        lambda: Q(closed_on__lt=F("case__opened_on")),
    ),
)
happened("casework.Rescue", "occurred_on")
happened("casework.Closing", "closed_on")
happened("casework.Lead", "received_on", "ended_on")
happened("casework.InvestigationStep", "done_on")
happened("casework.Note", "happened_on")
happened("casework.OnlineIncident", "began_on", "ended_on")
happened("casework.Document", "received_on")
happened("casework.CustodyEvent", "happened_on")
happened("casework.SiteClosing", "closed_on", "reopened_on")
