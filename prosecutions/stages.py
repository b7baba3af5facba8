"""The stages of a proceeding: a table of each country as data, by the day of the filing.

Every country names the steps of a proceeding in its own way, so a stage has a code, a name and a
meaning out of a fixed list, and reports ask by the meaning. What follows from another record
(filing, framing, judgment, appeal) follows by itself and cannot be typed.

What ships is the first version (`data/stages.json`); an organisation says another from a day on by
a `LawVersion` that a second person confirmed: which of the codes that ship there are, in which
order, by which names. A proceeding keeps the table of the day on which it was filed. A version
does not say what may come next: that follows from what its stages mean. So no version puts stages
on record out of turn, and none leads nowhere.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection
from django.utils.translation import gettext as _

from core import refusals
from core.database.turns import one_at_a_time
from core.editions import Edition
from prosecutions.enums import LawKind, StageMeaning
from prosecutions.laws import edition_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FILE = Path(__file__).parent / "data" / "stages.json"
ELSEWHERE = "*"  # the table of every country without one of its own
EVER = date.min
TURNS = "stages of proceedings"
# Stages that follow from a record of their own, so that nothing is typed twice.
BY_THEMSELVES = {
    StageMeaning.FRAMED: refusals.gettext_lazy(
        "Record which charges are framed; the stage follows."
    ),
    StageMeaning.JUDGMENT: refusals.gettext_lazy("Record the judgment; the stage follows."),
}
FILING, APPEALED = "filed", "appeal"  # the first of their meaning in every table
TRIAL = (StageMeaning.TRIAL, StageMeaning.ARGUMENTS, StageMeaning.RESERVED)  # to and fro
COURSE = {  # what may come next, by what it means
    StageMeaning.FILED: (StageMeaning.FILED, StageMeaning.FRAMED),
    **dict.fromkeys((StageMeaning.FRAMED, *TRIAL), (*TRIAL, StageMeaning.JUDGMENT)),
    StageMeaning.JUDGMENT: StageMeaning.AFTER_JUDGMENT,
    StageMeaning.SENTENCE: (StageMeaning.APPEAL, StageMeaning.CLOSED),
    StageMeaning.APPEAL: (StageMeaning.APPEAL, StageMeaning.CLOSED),
    StageMeaning.CLOSED: (StageMeaning.APPEAL,),
}


@dataclass(frozen=True)
class Stage:
    """One stage: what it is called there, what it means everywhere, what may come next. `name`:
    what an organisation calls it, in no other language."""

    code: str
    label: str
    means: str
    then: tuple[str, ...]
    name: str = ""

    @property
    def words(self) -> str:
        return self.name or _(self.label)

    def leads_to(self, other: Stage) -> bool:
        """Whether a court may come to it next, where no table says so."""
        if other.code in (self.code, FILING):
            return False
        again = other.means == StageMeaning.APPEAL and other.code != APPEALED
        if again and self.means != StageMeaning.APPEAL:
            return False
        return other.means in COURSE[StageMeaning(self.means)]


class StageTable:
    """The stages of the courts of a country, in their order."""

    def __init__(self, stages: Iterable[Stage]) -> None:
        self.stages = {stage.code: stage for stage in stages}
        self.order = {code: place for place, code in enumerate(self.stages)}

    @classmethod
    @cache
    def shipped(cls) -> dict[str, StageTable]:
        """By country; `ELSEWHERE` is the generic one."""
        read = json.loads(FILE.read_text(encoding="utf-8"))
        return {
            country: cls(Stage(**row | {"then": tuple(row["then"])}) for row in rows)
            for country, rows in read.items()
        }

    @classmethod
    @cache
    def known(cls, country: str = ELSEWHERE) -> dict[str, Stage]:
        """Every stage that ships, in whatever table: in the words of this country, where it has
        some. Its code means the same in all."""
        tables = cls.shipped()
        read = (*tables.values(), tables[ELSEWHERE], tables.get(country, tables[ELSEWHERE]))
        known = {code: stage for table in read for code, stage in table.stages.items()}
        means = StageMeaning.values
        return dict(sorted(known.items(), key=lambda pair: means.index(pair[1].means)))

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Every code there is, in whatever country, with the words of one of them."""
        return sorted((code, stage.label) for code, stage in cls.known().items())

    @classmethod
    def said(cls, country: str, terms: Mapping[str, Any]) -> StageTable:
        """What a version of this country says: its stages in order, each code with its name."""
        known = cls.known(country)
        there = [replace(known[row["code"]], name=row["name"]) for row in terms["stages"]]
        ways = (tuple(to.code for to in there if stage.leads_to(to)) for stage in there)
        return cls(replace(stage, then=then) for stage, then in zip(there, ways, strict=True))

    @classmethod
    def of(cls, proceeding: Any) -> StageTable:
        return cls.at(proceeding.jurisdiction.code, proceeding.filed_on)

    @classmethod
    def at(cls, place: str, day: date) -> StageTable:
        """Of the country in which the place with this code lies, for what was filed on a day."""
        tables = KEPT.now.get()
        versions = tables.get(place.partition("-")[0], tables[ELSEWHERE])
        return next(table for since, table in versions if since <= day)

    @classmethod
    def codes(cls, means: str) -> list[str]:
        """The stages of any country that mean this, whatever a version says."""
        return sorted(code for code, stage in cls.known().items() if stage.means == means)

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

    def find(self, code: str) -> Stage | None:
        """A stage; of one that the table does not have, what it is elsewhere."""
        return self.stages.get(code) or self.known().get(code)

    def words_of(self, code: str) -> str:
        """What a stage is called; of one that no table has, its code."""
        stage = self.find(code)
        return stage.words if stage else code


Tables = dict[str, list[tuple[date, StageTable]]]  # by country, the latest first


@contextmanager
def supposing(country: str, day: date, terms: Mapping[str, Any]) -> Iterator[None]:
    """Within the block the law says this, too."""
    kept = KEPT.now.get()
    own = [*kept.get(country, kept[ELSEWHERE]), (day, StageTable.said(country, terms))]
    token = KEPT.now.set(kept | {country: sorted(own, key=_day, reverse=True)})
    try:
        yield
    finally:
        KEPT.now.reset(token)


def hold() -> None:
    """Until this transaction ends no version is confirmed; from here on it goes by those of now."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock_shared(hashtext(%s))", [TURNS])
        cursor.execute(f"select {KEPT.asked}")  # by itself: it sees what was waited for
        (edition,) = cursor.fetchone()
    KEPT.adopt(edition)


def hold_alone() -> None:
    """Until this transaction ends nobody records a stage: a version is confirmed."""
    one_at_a_time(TURNS)


def _day(version: tuple[date, StageTable]) -> date:
    return version[0]


def _shipped() -> Tables:
    return {country: [(EVER, table)] for country, table in StageTable.shipped().items()}


def _read() -> Tables:
    rows = apps.get_model("prosecutions.LawVersion")._default_manager.filter(
        outcome="confirmed", proposed_by__isnull=False, kind=LawKind.STAGES
    )
    tables = _shipped()
    versions = rows.order_by("begins_on").values_list("country__code", "begins_on", "terms")
    for country, day, terms in versions:
        own = tables.setdefault(country, [*tables[ELSEWHERE]])
        own.insert(0, (day, StageTable.said(country, terms)))
    return tables


KEPT = Edition("stages of proceedings", edition_of(LawKind.STAGES), _read, _shipped())
