"""The stages of a proceeding: a table of each country as data.

Every country names the steps of a proceeding in its own way, so a stage has a code, a name and a
meaning out of a fixed list, and reports ask by the meaning. What follows from another record
(filing, framing, judgment, appeal) follows by itself and cannot be typed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core import refusals
from prosecutions.enums import StageMeaning

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE = Path(__file__).parent / "data" / "stages.json"
ELSEWHERE = "*"  # the table of every country without one of its own
# Stages that follow from a record of their own, so that nothing is typed twice.
BY_THEMSELVES = {
    StageMeaning.FRAMED: refusals.gettext_lazy(
        "Record which charges are framed; the stage follows."
    ),
    StageMeaning.JUDGMENT: refusals.gettext_lazy("Record the judgment; the stage follows."),
}


@dataclass(frozen=True)
class Stage:
    """One stage: what it is called there, what it means everywhere, what may come next."""

    code: str
    label: str
    means: str
    then: tuple[str, ...]

    @property
    def words(self) -> str:
        return _(self.label)


class StageTable:
    """The stages of the courts of a country, in their order."""

    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        stages = [Stage(**row | {"then": tuple(row["then"])}) for row in rows]
        self.stages = {stage.code: stage for stage in stages}
        self.order = {stage.code: place for place, stage in enumerate(stages)}

    @classmethod
    @cache
    def all(cls) -> dict[str, StageTable]:
        """By country; `ELSEWHERE` is the generic one."""
        read = json.loads(FILE.read_text(encoding="utf-8"))
        return {country: cls(rows) for country, rows in read.items()}

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Every code there is, in whatever country, with the words of one of them."""
        tables = cls.all().values()
        return sorted({code: s.label for t in tables for code, s in t.stages.items()}.items())

    @classmethod
    def of(cls, proceeding: Any) -> StageTable:
        return cls.at(proceeding.jurisdiction.code)

    @classmethod
    def at(cls, place: str) -> StageTable:
        """Of the country in which the place with this code lies."""
        tables = cls.all()
        return tables.get(place.partition("-")[0], tables[ELSEWHERE])

    @classmethod
    def codes(cls, means: str) -> list[str]:
        """The stages of any country that mean this."""
        tables = cls.all().values()
        codes = {s.code for table in tables for s in table.stages.values() if s.means == means}
        return sorted(codes)

    @property
    def first(self) -> Stage:
        return next(iter(self.stages.values()))

    @property
    def framed(self) -> Stage:
        """When the court takes the charges on: every country has a word for it."""
        return next(s for s in self.stages.values() if s.means == StageMeaning.FRAMED)

    def follows(self, code: str) -> bool:
        """Whether the day of a stage follows from another record: filing, framing, judgment."""
        stage = self.stages.get(code)
        return stage is not None and (stage is self.first or stage.means in BY_THEMSELVES)

    def meaning(self, means: str) -> Stage | None:
        """The first stage that means this, where the table has one."""
        return next((stage for stage in self.stages.values() if stage.means == means), None)

    def after(self, code: str) -> list[Stage]:
        """What may follow a stage; without any on record, what follows the filing."""
        return [self.stages[then] for then in self.stages.get(code, self.first).then]

    def offered(self, code: str) -> list[Stage]:
        """What somebody may record next; other stages follow from records of their own."""
        return [stage for stage in self.after(code) if stage.means not in BY_THEMSELVES]

    def words_of(self, code: str) -> str:
        """What a stage is called; of one the table no longer has, its code."""
        return self.stages[code].words if code in self.stages else code
