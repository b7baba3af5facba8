"""The base of what is recorded of a survivor in the apps above."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from casework.models import CaseRecord
from casework.models.records import ITS_CASE

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from victims.models.people import Involvement


class SurvivorRecord(CaseRecord):
    """A row about one survivor, said to be theirs wherever it is shown. `survivor_by`: the way."""

    survivor_by: ClassVar[str] = "involvement"
    shown_with: ClassVar[tuple[str, ...]] = (
        *ITS_CASE,
        "involvement__victim",
        "involvement__rescue",
    )

    class Meta:
        abstract = True

    @property
    def survivor(self) -> Involvement:
        row: Any = self
        for name in self.survivor_by.split("__"):
            row = getattr(row, name)
        return row

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        return self.survivor.describe()
