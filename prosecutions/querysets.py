"""The vocabulary for asking about charges and how they ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Left
from django.db.models.lookups import Exact

from core.access import ScopedQuerySet
from prosecutions.enums import (
    Breach,
    Disposition,
    HearingResult,
    PoliceReportKind,
    Release,
    StageMeaning,
)
from prosecutions.stages import StageTable

if TYPE_CHECKING:
    from datetime import date


class ProvisionQuerySet(ScopedQuerySet):
    def in_force_on(self, day: date) -> Self:
        return self.filter(
            Q(in_force_to__isnull=True) | Q(in_force_to__gte=day),
            Q(in_force_from__isnull=True) | Q(in_force_from__lte=day),
        )


def related(model: Any, path: str) -> Any:
    """The rows of a table reached by this path, without importing it."""
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return model._default_manager.all()


class ProsecutionQuerySet(ScopedQuerySet):
    def open(self) -> Self:
        """Something is left to decide: a charge, an appeal, or no charge is filed yet."""
        charges = related(self.model, "charges").filter(prosecution=OuterRef("pk"))
        return self.filter(
            Exists(charges.undecided()) | Exists(self._appeals().pending()) | ~Exists(charges),
        )

    def with_asleep(self) -> Self:
        """Add `asleep_since`: the day the first charge still archived was; nothing while none is.

        An archived charge is not decided for good: it waits to be taken up again.
        """
        ends = related(self.model, "charges__decisions").archived()
        ends = ends.filter(charge__prosecution=OuterRef("pk"))
        since = ends.order_by("judgment__decided_on").values("judgment__decided_on")
        return self.annotate(asleep_since=Subquery(since[:1]))

    def with_stage(self) -> Self:
        """Add `stage`: the code of the stage a proceeding is at; nothing where none is known.

        The last one reached, as far as the record bears it: while a charge is undecided none of
        those that follow a judgment, an appeal only while there is one, and while one waits it.
        """
        charges = related(self.model, "charges").filter(prosecution=OuterRef("pk"))
        after = [code for means in StageMeaning.DECIDED for code in StageTable.codes(means)]
        appeal = StageTable.codes(StageMeaning.APPEAL)
        stages = related(self.model, "stages").filter(prosecution=OuterRef("pk"))
        latest = stages.order_by("-reached_on", "-created_at").values("stage")
        last, on_appeal = Subquery(latest[:1]), Subquery(latest.filter(stage__in=appeal)[:1])
        rules = [
            (
                Exists(charges.undecided()) | ~Exists(charges),
                Subquery(latest.exclude(stage__in=after)[:1]),
            ),
            (Exists(self._appeals().pending()), Coalesce(on_appeal, last)),
            (
                ~Exists(self._appeals().filter(withdrawn_on__isnull=True)),
                Subquery(latest.exclude(stage__in=appeal)[:1]),
            ),
        ]
        return self.annotate(stage=Case(*(When(so, then=what) for so, what in rules), default=last))

    def _appeals(self) -> Any:
        appeals = related(self.model, "judgments__appeals")
        return appeals.filter(judgment__prosecution=OuterRef("pk"))


class AppealQuerySet(ScopedQuerySet):
    def pending(self) -> Self:
        """Neither withdrawn nor decided."""
        return self.filter(withdrawn_on__isnull=True, outcome__isnull=True)

    def about(self, decision: str = "") -> Self:
        """Inside a query on decisions: the appeals that question one of them."""
        whose = Q(suspect__isnull=True) | Q(suspect=OuterRef(f"{decision}charge__suspect"))
        return self.filter(whose, judgment=OuterRef(f"{decision}judgment"))


class RequestQuerySet(ScopedQuerySet):
    def unanswered(self) -> Self:
        return self.filter(answer="")

    def with_abroad(self) -> Self:
        """Add `abroad`: whether those asked, or asking, are in another country than the case."""
        there, here = Left("jurisdiction__code", 2), Left("case__jurisdiction__code", 2)
        return self.annotate(abroad=~Q(Exact(there, here)))


class CustodyQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        return self.filter(ended_on__isnull=True)

    def uncharged(self) -> Self:
        """Of people against whom no charge is filed since; one from before ends no limit."""
        charges = related(self.model, "suspect__charges").filter(
            suspect=OuterRef("suspect"), filed_on__gte=OuterRef("since")
        )
        return self.filter(~Exists(charges))

    def unseen(self) -> Self:
        """Of people no court has seen yet, and against whom no charge is filed since."""
        return self.uncharged().filter(in_court_on__isnull=True)


class ComplaintQuerySet(ScopedQuerySet):
    def unreported(self) -> Self:
        """Those the police have not disposed of, or took up again, and no court has.

        Adds `open_since`: filed, or taken up again.
        """
        reports = related(self.model, "reports").filter(complaint=OuterRef("pk"))
        last = reports.order_by("-reported_on", "-created_at")
        again = last.filter(kind=PoliceReportKind.REOPENED).values("reported_on")[:1]
        courts = related(self.model, "prosecutions").filter(complaint=OuterRef("pk"))
        return (
            self.filter(~Exists(courts))
            .annotate(last=Subquery(last.values("kind")[:1]))
            .filter(Q(last__isnull=True) | Q(last=PoliceReportKind.REOPENED))
            .annotate(open_since=Coalesce(Subquery(again), F("filed_on")))
        )


class SuspectQuerySet(ScopedQuerySet):
    def with_status(self) -> Self:
        """Add `status` (SuspectStatus), derived from what is on record. The gravest word holds."""
        charges = related(self.model, "charges").filter(suspect=OuterRef("pk"))
        ends = charges.with_last_decision()
        heard = Q(prosecution__hearings__result__in=HearingResult.TOOK_PLACE)
        tried = Exists(charges.undecided().filter(heard))
        rules = [
            (Exists(related(self.model, "custodies").filter(_mine, ended=Release.DIED)), "died"),
            (Exists(ends.filter(last__in=Disposition.CONVICTED)), "convicted"),
            (tried, "on_trial"),
            (Exists(charges.undecided()), "charged"),
            (Exists(ends.filter(last="acquitted")), "acquitted"),
            (Exists(ends.filter(last__in=Disposition.STOPPED)), "discharged"),
            (Exists(charges), "withdrawn"),
            (Exists(related(self.model, "arrests").filter(_mine)), "arrested"),
            (Exists(related(self.model, "complaints").filter(_mine)), "at_large"),
        ]
        steps = [When(condition, then=Value(status)) for condition, status in rules]
        return self.annotate(status=Case(*steps, default=Value("identified")))

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


class SuspectMetQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        return self.filter(removed_at__isnull=True)


class HearingQuerySet(ScopedQuerySet):
    def to_come(self) -> Self:
        """Listed, with no result yet: in the future, or overdue."""
        return self.filter(result="")

    def recorded(self) -> Self:
        """Held or adjourned. What was taken off the list came to nothing."""
        return self.filter(result__in=HearingResult.TOOK_PLACE)


class ChargeQuerySet(ScopedQuerySet):
    def filed_by(self, day: date) -> Self:
        return self.filter(filed_on__lte=day)

    def undecided_on(self, day: date) -> Self:
        """Charges filed by a day of which no decision of first instance stood on it."""
        decided = self._first_decisions(day).filter(charge=OuterRef("pk"))
        return self.filed_by(day).filter(~Exists(decided))

    def undecided(self) -> Self:
        """Charges without a decision of first instance that stands: none came, or it was lifted."""
        decided = related(self.model, "decisions").filter(charge=OuterRef("pk"))
        return self.filter(~Exists(decided.first_instance().standing()))

    def archived(self) -> Self:
        """Charges that sleep: not decided for good, and taken up again by somebody or by nobody."""
        ends = related(self.model, "decisions").filter(charge=OuterRef("pk"))
        return self.filter(Exists(ends.archived()))

    def with_last_decision(self) -> Self:
        """Add `last`: how the charge stands after every judgment; nothing while undecided."""
        decisions = related(self.model, "decisions").filter(charge=OuterRef("pk")).standing()
        return self.annotate(last=Subquery(decisions.latest_first().values("disposition")[:1]))

    def _first_decisions(self, day: date) -> Any:
        return related(self.model, "decisions").first_instance().decided_by(day)
