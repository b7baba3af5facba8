"""What records of survivors must not say: done in the future, told or gone on too early."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from casework.contradictions import happened
from core.contradictions import Rule, declare
from victims.models import RouteStop

OUT_OF_ORDER = _("The days are not in the order of the places.")
TOLD_EARLY = _("Nobody could be told before it was withdrawn.")


def _out_of_order() -> Any:
    before = RouteStop.objects.filter(
        involvement=OuterRef("involvement"), position__lt=OuterRef("position")
    )
    return Exists(before.filter(since__gt=OuterRef("since")))


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
happened("victims.Involvement", "identified_on")
happened("victims.Consent", "given_on", "withdrawn_on")
happened("victims.Share", "told_on")
happened("victims.Withdrawal", "told_on")
happened("victims.Exploitation", "decided_on")
happened("victims.RouteStop", "since", "until")
