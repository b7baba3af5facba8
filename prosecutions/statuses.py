"""Where a suspect stands: derived from what is on record, never typed."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When

from core.access import ScopedQuerySet
from prosecutions.enums import Breach, Disposition, HearingResult, Release, Standing
from prosecutions.querysets import related


class SuspectQuerySet(ScopedQuerySet):
    def with_status(self) -> Self:
        """Add `status` (SuspectStatus), derived from what is on record. The gravest word holds.

        On trial is whose charge was framed and heard since. A charge that sleeps, or lies with
        another court, is not decided: whoever it accuses is charged still, or at large.
        """
        charges = related(self.model, "charges").filter(suspect=OuterRef("pk"))
        ends = charges.with_last_decision()
        hearing = "prosecution__hearings"
        tried = charges.undecided().filter(
            **{f"{hearing}__result__in": HearingResult.TOOK_PLACE},
            **{f"{hearing}__listed_on__gte": F("framed_on")},
        )
        asleep = Exists(ends.filter(last__in=Disposition.ASLEEP))
        rules = [
            (Exists(related(self.model, "custodies").filter(_mine, ended=Release.DIED)), "died"),
            (Exists(ends.filter(last__in=Disposition.CONVICTED)), "convicted"),
            (Exists(tried), "on_trial"),
            (Exists(charges.undecided()), "charged"),
            (Exists(ends.filter(last=Disposition.TRANSFERRED)), "charged"),
            (asleep & Exists(self._at_large()), "at_large"),
            (asleep, "charged"),
            (Exists(ends.filter(last=Disposition.ACQUITTED)), "acquitted"),
            (Exists(ends.filter(last__in=Disposition.STOPPED)), "discharged"),
            (Exists(ends.filter(last=Disposition.ABATED)), "abated"),
            (Exists(ends.filter(last=Disposition.WITHDRAWN)), "withdrawn"),
            (Exists(related(self.model, "arrests").filter(_mine)), "arrested"),
            (Exists(related(self.model, "complaints").filter(_mine)), "at_large"),
        ]
        steps = [When(condition, then=Value(status)) for condition, status in rules]
        return self.annotate(status=Case(*steps, default=Value("identified")))

    def _at_large(self) -> Any:
        same = related(self.model, "charges__suspect").filter(pk=OuterRef("pk"))
        return same.with_standing().filter(standing=Standing.LARGE)

    def with_standing(self) -> Self:
        """Add `standing` (Standing): at large is who escaped, or was never caught."""
        custodies = related(self.model, "custodies").filter(_mine)
        latest = custodies.order_by("-since", "-created_at")
        last, breach = (Subquery(latest.values(name)[:1]) for name in ("ended", "breach"))
        caught = Exists(custodies) | Exists(related(self.model, "arrests").filter(_mine))
        return self.annotate(last_custody=last, last_breach=breach).annotate(
            standing=Case(
                When(Exists(custodies.in_force()), then=Value("held")),
                When(Q(last_breach=Breach.ABSCONDED), then=Value("large")),
                When(Q(last_custody__in=Release.ON_BAIL), then=Value("bail")),
                When(Q(last_custody=Release.ESCAPED) | ~Q(caught), then=Value("large")),
                default=Value("free"),
            )
        )


_mine = Q(suspect=OuterRef("pk"))
