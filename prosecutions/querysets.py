"""The vocabulary for asking about charges and how they ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from core.access import ScopedQuerySet
from prosecutions.enums import (
    Breach,
    Disposition,
    HearingResult,
    Instance,
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
        return self.filter(self._undecided())

    def on_docket(self) -> Self:
        """Open, or with a hearing that has no result yet: a verdict does not make up for one."""
        hearings = related(self.model, "hearings").filter(prosecution=OuterRef("pk"))
        return self.filter(self._undecided() | Exists(hearings.to_come()))

    def _undecided(self) -> Any:
        charges = related(self.model, "charges").filter(prosecution=OuterRef("pk"))
        return Exists(charges.undecided()) | Exists(self._appeals().pending()) | ~Exists(charges)

    def with_asleep(self) -> Self:
        """Add `asleep_since`: since when the first charge still asleep is; nothing while none is.

        An archived or stayed charge is not decided for good: it waits to be taken up again.
        """
        ends = related(self.model, "charges__decisions").asleep()
        return self._since("asleep", ends)

    def with_handed_over(self) -> Self:
        """Add `handed_over_since`: since when the first charge transferred is in no other court."""
        ends = related(self.model, "charges__decisions").handed_over()
        return self._since("handed_over", ends)

    def _since(self, state: str, ends: Any) -> Self:
        """Add the day of the first of these decisions, and how it says that the charge ended."""
        first = ends.filter(charge__prosecution=OuterRef("pk")).order_by("judgment__decided_on")
        return self.annotate(
            **{
                f"{state}_since": Subquery(first.values("judgment__decided_on")[:1]),
                f"{state}_as": Subquery(first.values("disposition")[:1]),
            }
        )

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

    def asleep(self) -> Self:
        """Charges that sleep: not decided for good, and taken up again by somebody or by nobody."""
        ends = related(self.model, "decisions").filter(charge=OuterRef("pk"))
        return self.filter(Exists(ends.asleep()))

    def with_last_decision(self) -> Self:
        """Add `last`: how the charge stands after every judgment; nothing while undecided."""
        decisions = related(self.model, "decisions").filter(charge=OuterRef("pk")).standing()
        latest = decisions.order_by("-judgment__decided_on", "-judgment__created_at")
        return self.annotate(last=Subquery(latest.values("disposition")[:1]))

    def _first_decisions(self, day: date) -> Any:
        return related(self.model, "decisions").first_instance().decided_by(day)


class DecisionQuerySet(ScopedQuerySet):
    def first_instance(self) -> Self:
        return self.filter(judgment__instance=Instance.FIRST)

    def standing(self) -> Self:
        """Those that nothing has lifted."""
        return self.filter(lifted_on__isnull=True)

    def asleep(self) -> Self:
        """Those that let a charge sleep (archived, stayed), as no appeal decided it since."""
        return self._last_word(*Disposition.ASLEEP)

    def handed_over(self) -> Self:
        """Those that gave a charge to another court, and nobody is charged before one since."""
        charges = related(self.model, "charge").filter(
            suspect=OuterRef("charge__suspect"), filed_on__gte=OuterRef("judgment__decided_on")
        )
        elsewhere = charges.exclude(prosecution=OuterRef("charge__prosecution"))
        return self._last_word(Disposition.TRANSFERRED).filter(~Exists(elsewhere))

    def _last_word(self, *ends: str) -> Self:
        """Those that stand, and are the last that was decided of their charge."""
        decided = related(self.model, "charge__decisions").standing()
        decided = decided.filter(charge=OuterRef("charge"))
        last = decided.order_by("-judgment__decided_on", "-judgment__created_at").values("pk")
        return self.filter(pk=Subquery(last[:1]), disposition__in=ends)

    def decided_by(self, day: date) -> Self:
        """Those that stood on a day: decided by it, and not lifted by it."""
        stood = Q(lifted_on__isnull=True) | Q(lifted_on__gt=day)
        return self.filter(stood, judgment__decided_on__lte=day)

    def without_sentence(self) -> Self:
        """Convictions that stand, of persons of whom the proceeding has no sentence."""
        stand = related(self.model, "charge").with_last_decision()
        given = (
            related(self.model, "judgment__sentences")
            .in_force()
            .filter(
                suspect=OuterRef("charge__suspect"),
                judgment__prosecution=OuterRef("judgment__prosecution"),
            )
        )
        return self.standing().filter(
            ~Exists(given),
            disposition__in=Disposition.CONVICTED,
            charge__in=stand.filter(last__in=Disposition.CONVICTED),
        )


class SentenceQuerySet(ScopedQuerySet):
    def in_force(self, day: date | None = None) -> Self:
        """Sentences whose conviction stands, today or on a day: not lifted since."""
        ends = related(self.model, "judgment__decisions").filter(
            judgment=OuterRef("judgment"),
            charge__suspect=OuterRef("suspect"),
            disposition__in=Disposition.CONVICTED,
        )
        return self.filter(Exists(ends.decided_by(day) if day else ends.standing()))
