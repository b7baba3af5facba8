"""The vocabulary for asking about charges and how they ended.

A decision stands from the day of its judgment until it is lifted (taken up again, set aside for a
new trial, entered in error), so a figure of a past day never changes. Whoever counts asks for
`standing` or `decided_by`, never for the rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from core.access import ScopedQuerySet
from prosecutions.enums import (
    Disposition,
    Instance,
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


# Of a proceeding is of its case, which costs less to ask first than what was decided last.
_same_case = Q(case=OuterRef("case"))
# What was decided of a charge. Here as elsewhere each table is narrowed by the row that asks: one
# that only hangs on another is read from end to end for every row, where statistics are old.
_of_charge = Q(charge=OuterRef("pk"), judgment__case=OuterRef("case"))


class ProsecutionQuerySet(ScopedQuerySet):
    def open(self) -> Self:
        """Something is left to decide: a charge, an appeal, or no charge is filed yet."""
        return self.filter(self._undecided())

    def on_docket(self) -> Self:
        """Open, with a sentence still to come, or with a hearing that has no result yet: a verdict
        does not make up for one.

        Adds `sentence_of`: where nothing is left to decide, the judgment that waits for a sentence.
        """
        hearings = related(self.model, "hearings").filter(prosecution=OuterRef("pk"))
        waits = Subquery(self._unsentenced().latest_first().values("judgment")[:1])
        rows = self.annotate(sentence_of=Case(When(~self._undecided(), then=waits)))
        # Asked of every proceeding there is: whether one waits, and which one only of those found.
        waiting = Exists(hearings.to_come()) | self._undecided() | Exists(self._unsentenced())
        return rows.filter(waiting)

    def _undecided(self) -> Any:
        charges = related(self.model, "charges").filter(prosecution=OuterRef("pk"))
        return Exists(charges.undecided()) | Exists(self._appeals().pending()) | ~Exists(charges)

    def _unsentenced(self) -> Any:
        decisions = related(self.model, "judgments__decisions").without_sentence()
        of_it = {f"{path}__prosecution": OuterRef("pk") for path in ("judgment", "charge")}
        return decisions.filter(**of_it)

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

    def _since(self, state: str, ends: ScopedQuerySet) -> Self:
        """Add the day of the first of these decisions, and how it says that the charge ended."""
        first = ends.filter(charge__prosecution=OuterRef("pk"))
        first = first.order_by("judgment__decided_on")
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
        return appeals.filter(_same_case, judgment__prosecution=OuterRef("pk"))


class AppealQuerySet(ScopedQuerySet):
    def pending(self) -> Self:
        """Neither withdrawn nor decided."""
        return self.filter(withdrawn_on__isnull=True, outcome__isnull=True)

    def about_charge(self, day: date) -> Self:
        """Inside a query on decisions: appeals against any that stood on a day, of their charge.

        Accused and prosecution may both question one judgment: what is decided of the one appeal
        is not the last word while the other is open.
        """
        whose = Q(suspect__isnull=True) | Q(suspect=OuterRef("charge__suspect"))
        stood = related(self.model, "judgment__decisions").stood(day)
        questioned = stood.filter(
            judgment=OuterRef("judgment"), charge=OuterRef(OuterRef("charge"))
        )
        return self.filter(whose, Exists(questioned))


class SuspectMetQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        return self.filter(removed_at__isnull=True)


class ChargeQuerySet(ScopedQuerySet):
    def filed_by(self, day: date) -> Self:
        return self.filter(filed_on__lte=day)

    def undecided_on(self, day: date) -> Self:
        """Charges filed by a day of which no decision of first instance stood on it."""
        decided = self._first_decisions(day).filter(_of_charge)
        return self.filed_by(day).filter(~Exists(decided))

    def without_end_on(self, day: date) -> Self:
        """Charges that had come to no ending on a day: undecided, asleep, or to be taken over.

        Those that sleep or wait are few and looked up once, not for every charge there is.
        """
        decided = self._first_decisions(day).filter(_of_charge)
        ends = related(self.model, "decisions")
        left = Q(pk__in=ends.asleep(day).values("charge"))
        left |= Q(pk__in=ends.handed_over(day).values("charge"))
        return self.filed_by(day).filter(~Exists(decided) | left)

    def undecided(self) -> Self:
        """Charges without a decision of first instance that stands: none came, or it was lifted."""
        decided = related(self.model, "decisions").filter(_of_charge)
        return self.filter(~Exists(decided.first_instance().standing()))

    def asleep(self) -> Self:
        """Charges that sleep: not decided for good, and taken up again by somebody or by nobody."""
        ends = related(self.model, "decisions").filter(_of_charge)
        return self.filter(Exists(ends.asleep()))

    def with_last_decision(self) -> Self:
        """Add `last`: how the charge stands after every judgment; nothing while undecided."""
        decisions = related(self.model, "decisions").filter(_of_charge).standing()
        return self.annotate(last=Subquery(decisions.latest_first().values("disposition")[:1]))

    def _first_decisions(self, day: date) -> ScopedQuerySet:
        return related(self.model, "decisions").first_instance().decided_by(day)


class DecisionQuerySet(ScopedQuerySet):
    def first_instance(self) -> Self:
        return self.filter(judgment__instance=Instance.FIRST)

    def standing(self) -> Self:
        """Those that nothing has lifted."""
        return self.filter(lifted_on__isnull=True)

    def asleep(self, day: date | None = None) -> Self:
        """Those that let a charge sleep (archived, stayed), as no appeal decided it since."""
        return self.last_word(day).filter(disposition__in=Disposition.ASLEEP)

    def handed_over(self, day: date | None = None) -> Self:
        """Those that gave a charge of the living to another court, where it is not filed since.

        The same charge is one of the same provision, or of an offence of the same day.
        """
        same = Q(offence_on=OuterRef("charge__offence_on"))
        for law in ("charge__provision", "charge__final_provision"):
            same |= Q(provision=OuterRef(law)) | Q(final_provision=OuterRef(law))
        charges = related(self.model, "charge").filter(
            same,
            suspect=OuterRef("charge__suspect"),
            filed_on__gte=OuterRef("judgment__decided_on"),
        )
        charges = charges.filed_by(day) if day else charges
        elsewhere = charges.exclude(prosecution=OuterRef("charge__prosecution"))
        handed = self.last_word(day).filter(disposition=Disposition.TRANSFERRED)
        died = "charge__suspect__died_on"
        dead = Q(**{f"{died}__lte": day}) if day else Q(**{f"{died}__isnull": False})
        return handed.exclude(dead).filter(~Exists(elsewhere))

    def last_word(self, day: date | None = None) -> Self:
        """Those that stand, today or on a day, as the last that was decided of their charge."""
        return self.filter(pk=self._last(day, "pk"))

    def last_words(self, day: date) -> Self:
        """The same of a great many: found for all charges at once, not decision by decision."""
        of_each = ("charge", "judgment__case")
        ends = related(self.model, "charge__decisions").stood(day).latest_first()
        ends = ends.order_by(*of_each, *ends.query.order_by).distinct(*of_each)
        return self.filter(pk__in=ends.values("pk"), judgment__case=F("case"))

    def _last(self, day: date | None, field: str) -> Subquery:
        """Inside a query on decisions: a field of the last that stands of their charge."""
        ends = related(self.model, "charge__decisions").stood(day)
        ends = ends.filter(charge=OuterRef("charge"), judgment__case=OuterRef("case"))
        return Subquery(ends.latest_first().values(field)[:1])

    def decided_by(self, day: date) -> Self:
        """Those that stood on a day: decided by it, and not lifted by it."""
        stood = Q(lifted_on__isnull=True) | Q(lifted_on__gt=day)
        return self.filter(stood, judgment__decided_on__lte=day)

    def stood(self, day: date | None) -> Self:
        """Those that stood on a day, or without one stand today."""
        return self.decided_by(day) if day else self.standing()

    def latest_first(self) -> Self:
        return self.order_by("-judgment__decided_on", "-judgment__created_at")

    def standing_convictions(self, day: date | None = None) -> Self:
        """Convictions that hold, today or on a day: not lifted, and not reversed on appeal.

        This is the one place that says so. Sentences, what is owed of them and what is still to
        be sentenced rest on it.
        """
        guilty = Disposition.CONVICTED
        holding = self.stood(day).alias(last=self._last(day, "disposition"))
        return holding.filter(disposition__in=guilty, last__in=guilty)

    def with_holds(self) -> Self:
        """Add `holds`: whether it is a conviction that holds today."""
        holding = related(self.model, "charge__decisions").standing_convictions()
        return self.annotate(holds=Exists(holding.filter(pk=OuterRef("pk"))))

    def without_sentence(self) -> Self:
        """Convictions that hold, of the living of whom the proceeding has no sentence in force."""
        given = (
            related(self.model, "judgment__sentences")
            .in_force()
            .filter(
                _same_case,
                suspect=OuterRef("charge__suspect"),
                judgment__prosecution=OuterRef("judgment__prosecution"),
            )
        )
        alive = self.standing_convictions().filter(charge__suspect__died_on__isnull=True)
        return alive.filter(~Exists(given))
