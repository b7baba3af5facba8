"""What a visit must not say beside its study: another day than those of the fieldwork, a venue
seen a second time where each is visited once."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from core.contradictions import Rule, declare
from core.refusals import gettext_lazy as _
from studies.enums import Method
from studies.models import Visit

OUTSIDE = _("This day is outside the fieldwork.")
TWICE = _("With this method a venue is visited once. This one has been visited.")


def _outside() -> Q:
    before = Q(visited_on__lt=F("stratum__study__fieldwork_from"))
    return before | Q(visited_on__gt=F("stratum__study__fieldwork_to"))


def _twice() -> Any:
    same = Visit.objects.filter(stratum=OuterRef("stratum"), venue=OuterRef("venue"), left_out="")
    once = Q(stratum__study__method__in=Method.ONCE, left_out="")
    return once & Exists(same.exclude(pk=OuterRef("pk")))


declare(
    "studies.Visit",
    Rule("visit_outside_fieldwork", "visited_on", OUTSIDE, _outside),
    Rule("venue_visited_twice", "venue", TWICE, _twice),
)
