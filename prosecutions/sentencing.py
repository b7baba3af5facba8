"""The vocabulary for asking about sentences: whether one still holds; and how long one is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from core.access import ScopedQuerySet
from core.days.spans import in_years
from prosecutions.enums import Disposition
from prosecutions.querysets import related

if TYPE_CHECKING:
    from datetime import date


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
            case=OuterRef("case"),
            judgment=OuterRef("judgment"),
            charge__suspect=OuterRef("suspect"),
            disposition__in=Disposition.CONVICTED,
        )


def term_in_words(months: int) -> str:
    """“7 years, 6 months of imprisonment”, as courts say it."""
    return _("%(term)s of imprisonment") % {"term": in_years(months)}
