"""What records of survivors must not say: done in the future, told or gone on too early."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from casework.contradictions import happened
from core.contradictions import Rule, declare
from core.refusals import gettext_lazy as _
from places.querysets import DayThere
from victims.models import Consent, RouteStop

BEFORE_RESCUE = _("This is before the rescue in which this person was met.")
OUT_OF_ORDER = _("The days are not in the order of the places.")
TOLD_EARLY = _("This cannot be earlier than the day it was withdrawn.")


def _out_of_order() -> Exists:
    before = RouteStop.objects.filter(
        involvement=OuterRef("involvement"), position__lt=OuterRef("position")
    )
    return Exists(before.filter(since__gt=OuterRef("since")))


def _not_later() -> Exists:
    """The version before it was given or withdrawn later."""
    former = Consent.objects.filter(
        Q(recipient_id=OuterRef("recipient_id")) | Q(recipient_id__isnull=True),
        involvement=OuterRef("involvement"),
        purpose=OuterRef("purpose"),
        recipient_kind=OuterRef("recipient_kind"),
        number__lt=OuterRef("number"),
    )
    day = OuterRef("given_on")
    return Exists(former.filter(Q(given_on__gt=day) | Q(withdrawn_on__gt=day)))


def _did_not_hold() -> Q:
    """That it was withdrawn by then may be written down after somebody was told."""
    replaced: Any = DayThere("case__jurisdiction__time_zone", "consent__replaced_at")
    over = Q(told_on__gt=F("consent__expires_on")) | Q(told_on__gt=replaced)
    return over | Q(told_on__lt=F("consent__given_on"))


declare("victims.RouteStop", Rule("out_of_order", "since", OUT_OF_ORDER, _out_of_order))
declare(
    "victims.Withdrawal",
    Rule(
        "told_early",
        "told_on",
        TOLD_EARLY,
        lambda: Q(told_on__lt=F("consent__withdrawn_on")),
    ),
)
declare(
    "victims.Consent",
    Rule("not_later", "given_on", _("The previous version is dated later."), _not_later),
)
declare(
    "victims.Share",
    Rule("did_not_hold", "told_on", _("This consent was not in force on that day."), _did_not_hold),
)
happened("victims.Involvement", "identified_on")
happened("victims.Consent", "given_on", "withdrawn_on")
happened("victims.Share", "told_on")
happened("victims.Withdrawal", "told_on")
happened("victims.Exploitation", "decided_on")
happened("victims.RouteStop", "since", "until")
