"""The vocabulary for asking about charges and how they ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, OuterRef, Q

from core.access import ScopedQuerySet
from prosecutions.enums import Instance

if TYPE_CHECKING:
    from datetime import date


class ProvisionQuerySet(ScopedQuerySet):
    def in_force_on(self, day: date) -> Self:
        return self.filter(
            Q(in_force_to__isnull=True) | Q(in_force_to__gte=day),
            Q(in_force_from__isnull=True) | Q(in_force_from__lte=day),
        )


class ProsecutionQuerySet(ScopedQuerySet):
    def open(self) -> Self:
        """Something is left to decide: a charge, an appeal, or no charge is filed yet."""
        charges = self._related("charges").filter(prosecution=OuterRef("pk"))
        appeals = self._related("judgments__appeals").filter(
            judgment__prosecution=OuterRef("pk"), withdrawn_on__isnull=True, outcome__isnull=True
        )
        return self.filter(
            Exists(charges.undecided()) | Exists(appeals) | ~Exists(charges),
        )

    def _related(self, path: str) -> Any:
        model = self.model
        for name in path.split("__"):
            model = model._meta.get_field(name).related_model
        return model._default_manager.all()


class HearingQuerySet(ScopedQuerySet):
    def to_come(self) -> Self:
        """Listed, with no result yet: in the future, or overdue."""
        return self.filter(result="")

    def recorded(self) -> Self:
        return self.exclude(result="")


class ChargeQuerySet(ScopedQuerySet):
    def filed_by(self, day: date) -> Self:
        return self.filter(filed_on__lte=day)

    def undecided_on(self, day: date) -> Self:
        """Charges filed by a day that no court of first instance had decided by it."""
        decided = self._first_decisions(day).filter(charge=OuterRef("pk"))
        return self.filed_by(day).filter(~Exists(decided))

    def undecided(self) -> Self:
        """Charges that no court of first instance has decided."""
        return self.exclude(decisions__judgment__instance=Instance.FIRST)

    def _first_decisions(self, day: date) -> Any:
        decisions = self.model._meta.get_field("decisions").related_model
        return decisions._default_manager.filter(
            judgment__instance=Instance.FIRST, judgment__decided_on__lte=day
        )


class DecisionQuerySet(ScopedQuerySet):
    def first_instance(self) -> Self:
        return self.filter(judgment__instance=Instance.FIRST)

    def decided_by(self, day: date) -> Self:
        return self.filter(judgment__decided_on__lte=day)
