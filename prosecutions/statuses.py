"""Where a suspect stands: derived from what is on record, never typed.

The gravest word comes first. At large goes before charged: a summons catches nobody. What is
archived, stayed or transferred is not decided, so such a suspect is charged or at large.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)

from core.access import ScopedQuerySet
from prosecutions.enums import Breach, Disposition, HearingResult, Release, Standing
from prosecutions.limitation import time_ends
from prosecutions.querysets import related

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models.expressions import BaseExpression


class SuspectQuerySet(ScopedQuerySet):
    def with_status(self) -> Self:
        """Add `status` (SuspectStatus), derived from what is on record. The gravest word holds.

        On trial is whose charge was framed and heard since. A charge that sleeps, or lies with
        another court, is not decided: whoever it accuses is charged still, or at large. At large
        is who escaped, and who is accused and was never caught: a summons catches nobody.
        """
        if "status" in self.query.annotations:
            return self
        charges = related(self.model, "charges").filter(suspect=OuterRef("pk"))
        hearing = "prosecution__hearings"
        tried = charges.undecided().filter(
            **{f"{hearing}__result__in": HearingResult.TOOK_PLACE},
            **{f"{hearing}__listed_on__gte": F("framed_on")},
        )
        custodies = related(self.model, "custodies").filter(_mine)
        died = Q(died_on__isnull=False) | Exists(custodies.filter(ended=Release.DIED))
        facts = {
            "dead": ExpressionWrapper(died, BooleanField()),
            "ends": ArraySubquery(charges.with_last_decision().values("last")),
            "tried": Exists(tried),
            "open": Exists(charges.undecided()),
            "held": Exists(custodies),
            "accused": Exists(related(self.model, "complaints").filter(_mine)),
            "arrested": Exists(related(self.model, "arrests").filter(_mine)),
            "loose": Exists(self._at_large()),
        }
        return self.annotate(status=_FirstThatHolds(facts))

    def unaccused(self) -> Self:
        """Those still unaccused where time runs out for it; adds `time_ends_on`."""
        ends = time_ends("offence_until", "case__jurisdiction__code")
        return self.still_unaccused().annotate(time_ends_on=ends).filter(time_ends_on__isnull=False)

    def still_unaccused(self) -> Self:
        """Those alive whom no complaint names and nobody charged; adds `offence_until`, the day of
        the last rescue."""
        rescues = related(self.model, "case__rescue").filter(case=OuterRef("case"))
        last = rescues.order_by("-occurred_on").values("occurred_on")[:1]
        named = Exists(related(self.model, "complaints").filter(_mine))
        charged = Exists(related(self.model, "charges").filter(_mine))
        dead = Exists(related(self.model, "custodies").filter(_mine, ended=Release.DIED))
        rows = self.filter(~named, ~charged, ~dead, died_on__isnull=True)
        return rows.annotate(offence_until=Subquery(last))

    def _at_large(self) -> ScopedQuerySet:
        same = related(self.model, "charges__suspect").filter(pk=OuterRef("pk"))
        return same.with_standing().filter(standing=Standing.LARGE)

    def with_standing(self) -> Self:
        """Add `standing` (Standing): at large is who escaped, or was never caught.

        In custody is also who is presumed to be, since an arrest after which nothing is recorded.
        Whoever answered to a charge, or was there when it was framed, came by themselves.
        """
        custodies = related(self.model, "custodies").filter(_mine)
        latest = custodies.order_by("-since", "-created_at")
        presumed = related(self.model, "arrests").filter(_mine).presumed()
        last, breach = (Subquery(latest.values(name)[:1]) for name in ("ended", "breach"))
        came = Q(pleaded_on__isnull=False) | Q(framed_on__isnull=False)
        met = Exists(related(self.model, "charges").filter(_mine, came))
        caught = Exists(custodies) | Exists(related(self.model, "arrests").filter(_mine)) | met
        return self.annotate(last_custody=last, last_breach=breach).annotate(
            standing=Case(
                When(Q(died_on__isnull=False), then=Value("free")),
                When(Exists(custodies.in_force()), then=Value("held")),
                When(Exists(presumed), then=Value("held")),
                When(Q(last_breach=Breach.ABSCONDED), then=Value("large")),
                When(Q(last_custody__in=Release.ON_BAIL), then=Value("bail")),
                When(Q(last_custody=Release.ESCAPED) | ~Q(caught), then=Value("large")),
                default=Value("free"),
            )
        )


def _ended(*ends: str) -> str:
    """One of the charges stands so after every judgment."""
    return f"ends && '{{{','.join(ends)}}}'"


RULES = (
    ("dead", "died"),
    (_ended(*Disposition.CONVICTED), "convicted"),
    ("tried", "on_trial"),
    ("open and loose and (held or accused)", "at_large"),
    (f"open or {_ended(Disposition.TRANSFERRED)}", "charged"),
    (f"{_ended(*Disposition.ASLEEP)} and loose", "at_large"),
    (_ended(*Disposition.ASLEEP), "charged"),
    (_ended(Disposition.ACQUITTED), "acquitted"),
    (_ended(*Disposition.STOPPED), "discharged"),
    (_ended(Disposition.ABATED), "abated"),
    (_ended(Disposition.WITHDRAWN), "withdrawn"),
    ("held and loose", "at_large"),
    ("arrested", "arrested"),
    ("accused", "at_large"),
    ("true", "identified"),
)


ONCE = "(SELECT CASE {rules} END FROM (SELECT %(expressions)s OFFSET 0) facts ({names}))"


class _FirstThatHolds(Func):
    """The word of the first rule that holds. Each fact is asked once: written out in every rule
    that rests on it, it took PostgreSQL longer to plan than to answer."""

    output_field = CharField()

    def __init__(self, facts: Mapping[str, BaseExpression]) -> None:
        rules = " ".join(f"WHEN {holds} THEN '{word}'" for holds, word in RULES)
        super().__init__(
            *facts.values(),
            template=ONCE.format(rules=rules, names=", ".join(facts)),
        )


_mine = Q(suspect=OuterRef("pk"))
