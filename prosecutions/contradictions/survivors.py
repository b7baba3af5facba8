"""Survivors before police and courts."""

from __future__ import annotations

from django.db.models import F, Q

from casework.contradictions import happened
from core.contradictions import Rule, declare
from core.refusals import gettext_lazy as _
from prosecutions.enums import TakingPart
from victims.contradictions import BEFORE_RESCUE

ASKED_EARLY = _("A court cannot be asked before the prosecution was filed.")
TESTIFIED_EARLY = _("Testimony cannot be dated before the prosecution was filed.")

declare(
    "prosecutions.Participation",
    Rule(
        "before_rescue",
        "happened_on",
        BEFORE_RESCUE,
        lambda: Q(happened_on__lt=F("involvement__rescue__occurred_on")),
    ),
    Rule(
        "testified_before_filing",
        "happened_on",
        TESTIFIED_EARLY,
        lambda: Q(kind__in=TakingPart.TESTIMONY, happened_on__lt=F("prosecution__filed_on")),
    ),
)
declare(
    "prosecutions.ProtectiveMeasure",
    Rule(
        "asked_before_filing",
        "asked_on",
        ASKED_EARLY,
        lambda: Q(asked_on__lt=F("prosecution__filed_on")),
    ),
)
happened("prosecutions.Participation", "happened_on")
happened("prosecutions.ProtectiveMeasure", "asked_on", "answered_on")
happened("prosecutions.Accusation", "accused_on", "ended_on")
