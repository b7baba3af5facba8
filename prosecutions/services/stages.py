"""The stages of a proceeding: tables of each country as data, and reaching one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.services.cases import require_content, require_past
from core import audit
from core.services import Refused, service
from prosecutions.enums import StageMeaning
from prosecutions.models import Prosecution, StageReached

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from accounts.models import User

FILE = Path(__file__).parents[1] / "data" / "stages.json"
ELSEWHERE = "*"  # the table of every country without one of its own
# Stages that follow from a record of their own, so that nothing is typed twice.
BY_THEMSELVES = {
    StageMeaning.FRAMED: gettext_lazy("Record which charges are framed; the stage follows."),
    StageMeaning.JUDGMENT: gettext_lazy("Record the judgment; the stage follows."),
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
    def of(cls, proceeding: Prosecution) -> StageTable:
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
        found = {s.code for table in tables for s in table.stages.values() if s.means == means}
        return sorted(found)

    @property
    def first(self) -> Stage:
        return next(iter(self.stages.values()))

    @property
    def framed(self) -> Stage:
        """When the court takes the charges on: every country has a word for it."""
        return next(s for s in self.stages.values() if s.means == StageMeaning.FRAMED)

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


@service(Perm.STAGE_REACH)
def reach_stage(
    prosecution: Prosecution, *, stage: str, reached_on: date, actor: User
) -> Prosecution:
    """Record the day a proceeding reached its next stage."""
    require_content(prosecution.case, actor)
    require_past(prosecution.case, reached_on)
    prosecution = Prosecution.objects.select_for_update().get(pk=prosecution.pk)
    if reached_on < prosecution.filed_on:
        raise Refused(_("A stage cannot be reached before the prosecution was filed."))
    reached = _check_order(prosecution, stage, reached_on)
    _check_decided(prosecution, reached)
    row = StageReached.objects.create(
        case=prosecution.case, prosecution=prosecution, stage=stage, reached_on=reached_on
    )
    audit.record("stage.reached", row, actor=actor, stage=stage)
    return prosecution


def _check_order(prosecution: Prosecution, code: str, day: date) -> Stage:
    table, now = StageTable.of(prosecution), _now(prosecution)
    known = table.stages.get(code)
    if known is None:
        raise Refused(_("The courts of this country have no such stage."))
    if known.means in BY_THEMSELVES:
        raise Refused(str(BY_THEMSELVES[StageMeaning(known.means)]))
    then = table.after(now.stage if now else "")
    if known not in then:
        words = {
            "now": table.words_of(now.stage) if now else table.first.words,
            "then": ", ".join(stage.words for stage in then),
        }
        raise Refused(_("After “%(now)s” may come: %(then)s.") % words)
    if now and day < now.reached_on:
        raise Refused(_("The stage before it was reached later than that."))
    return known


def _check_decided(prosecution: Prosecution, stage: Stage) -> None:
    decided = _decided(prosecution)
    if decided and stage.means not in StageMeaning.AFTER_JUDGMENT:
        raise Refused(_("Every charge is decided: what follows is sentence, appeal or the end."))
    if not decided and stage.means in StageMeaning.AFTER_JUDGMENT:
        raise Refused(_("Not every charge is decided yet."))


def note_stage(prosecution: Prosecution, means: str, day: date) -> None:
    """Keep the stage that follows from what a verb has just recorded.

    Not where the table has none or the proceeding is past it, and nothing of judgment or appeal
    while a charge is undecided: the trial goes on for the others.
    """
    table, now = StageTable.of(prosecution), _now(prosecution)
    stage = table.meaning(means)
    place = table.order.get(now.stage, -1) if now else -1
    if stage is None or table.order[stage.code] <= place:
        return
    if means in (StageMeaning.JUDGMENT, StageMeaning.APPEAL) and not _decided(prosecution):
        return
    StageReached.objects.create(
        case=prosecution.case, prosecution=prosecution, stage=stage.code, reached_on=day
    )


def _now(prosecution: Prosecution) -> StageReached | None:
    """The stage a proceeding is at."""
    return prosecution.stages.order_by("reached_on", "created_at").last()


def _decided(prosecution: Prosecution) -> bool:
    """Whether a court of first instance has decided every charge."""
    charges: Any = prosecution.charges
    return charges.exists() and not charges.undecided().exists()
