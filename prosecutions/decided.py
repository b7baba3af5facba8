"""The vocabulary for asking what courts decided: which decisions stand, which sentences hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, OuterRef, Q, Subquery

from core.access import ScopedQuerySet
from prosecutions.enums import Disposition, Instance
from prosecutions.querysets import related

if TYPE_CHECKING:
    from datetime import date


class DecisionQuerySet(ScopedQuerySet):
    def first_instance(self) -> Self:
        return self.filter(judgment__instance=Instance.FIRST)

    def standing(self) -> Self:
        """Those that nothing has lifted."""
        return self.filter(lifted_on__isnull=True)

    def archived(self) -> Self:
        """Those that let a charge sleep, as no appeal decided it since."""
        later = related(self.model, "charge__decisions").standing()
        later = later.filter(charge=OuterRef("charge"), judgment__instance=Instance.APPEAL)
        return self.standing().filter(~Exists(later), disposition=Disposition.ARCHIVED)

    def decided_by(self, day: date) -> Self:
        """Those that stood on a day: decided by it, and not lifted by it."""
        stood = Q(lifted_on__isnull=True) | Q(lifted_on__gt=day)
        return self.filter(stood, judgment__decided_on__lte=day)

    def latest_first(self) -> Self:
        return self.order_by("-judgment__decided_on", "-judgment__created_at")

    def standing_convictions(self, day: date | None = None) -> Self:
        """Convictions that hold, today or on a day: not lifted, and not reversed on appeal.

        This is the one place that says so. Sentences, what is owed of them and what is still to
        be sentenced rest on it.
        """

        def stood(rows: Any) -> Any:
            return rows.decided_by(day) if day else rows.standing()

        ends = stood(related(self.model, "charge__decisions")).filter(charge=OuterRef("charge"))
        last = Subquery(ends.latest_first().values("disposition")[:1])
        guilty = Disposition.CONVICTED
        return stood(self).alias(last=last).filter(disposition__in=guilty, last__in=guilty)

    def with_holds(self) -> Self:
        """Add `holds`: whether it is a conviction that holds today."""
        holding = related(self.model, "charge__decisions").standing_convictions()
        return self.annotate(holds=Exists(holding.filter(pk=OuterRef("pk"))))

    def without_sentence(self) -> Self:
        """Convictions that hold, of persons of whom the proceeding has no sentence in force."""
        given = (
            related(self.model, "judgment__sentences")
            .in_force()
            .filter(
                suspect=OuterRef("charge__suspect"),
                judgment__prosecution=OuterRef("judgment__prosecution"),
            )
        )
        return self.standing_convictions().filter(~Exists(given))


class SentenceQuerySet(ScopedQuerySet):
    def in_force(self, day: date | None = None) -> Self:
        """Sentences that rest on a conviction that holds, today or on a day."""
        return self.filter(self._rests(day))

    def with_in_force(self) -> Self:
        """Add `in_force`: whether the sentence is, today."""
        return self.annotate(in_force=self._rests())

    def given_by(self, day: date) -> Self:
        """Sentences whose own judgment was not lifted by a day, whatever came on appeal.

        For measures of first instance, which leave appeals aside.
        """
        return self.filter(Exists(self._its_convictions().decided_by(day)))

    def _rests(self, day: date | None = None) -> Exists:
        return Exists(self._its_convictions().standing_convictions(day))

    def _its_convictions(self) -> Any:
        return related(self.model, "judgment__decisions").filter(
            judgment=OuterRef("judgment"),
            charge__suspect=OuterRef("suspect"),
            disposition__in=Disposition.CONVICTED,
        )
