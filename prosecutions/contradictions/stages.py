"""Stages of a proceeding in the order of its country, as on the day of its filing
(`prosecutions/stages.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q

from casework.contradictions import happened
from core.contradictions import Rule, declare
from core.refusals import gettext_lazy as _
from prosecutions.enums import StageMeaning
from prosecutions.models import StageReached
from prosecutions.stages import ELSEWHERE, EVER, KEPT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prosecutions.stages import Stage, StageTable

NO_SUCH = _("The courts of this country have no such stage.")
OUT_OF_TURN = _("The stage before it was reached later than that.")


def courts_of(country: str, to: str = "prosecution__") -> Q:
    """Of the proceedings in this country; `ELSEWHERE`: in one without a table of its own. `to`:
    the way to them."""
    if country == ELSEWHERE:
        others = [courts_of(code, to) for code in KEPT.now.get() if code != ELSEWHERE]
        return ~Q(*others, _connector=Q.OR)
    place = f"{to}jurisdiction__code"
    return Q(**{place: country}) | Q(**{f"{place}__startswith": f"{country}-"})


def _held() -> Iterator[tuple[Q, StageTable]]:
    """Each table, and which stages stand in it."""
    for country, versions in KEPT.now.get().items():
        there = courts_of(country)
        for since, table in versions:
            filed = there if since == EVER else there & Q(prosecution__filed_on__gte=since)
            yield filed, table
            there &= Q(prosecution__filed_on__lt=since)


def _unknown() -> Q:
    wrong = Q()
    for there, table in _held():
        wrong |= there & ~Q(stage__in=list(table.stages))
    return wrong


def _out_of_turn() -> Q:
    wrong = Q()
    for there, table in _held():
        for stage in table.stages.values():
            early = _early(table, stage)
            if early is not None:
                wrong |= there & Q(stage=stage.code) & early
    return wrong


def _early(table: StageTable, stage: Stage) -> Any:
    """The condition under which this stage was not yet to be reached; none for one that follows
    from another record.

    One of the trial follows the last of the trial before it, which no judgment takes back: the
    trial goes on for others, or anew. What follows a judgment has come after something it may
    follow. Of one day any stage may have come first.
    """
    if table.follows(stage.code) or stage is table.meaning(StageMeaning.APPEAL):
        return None
    leading = [value.code for value in table.stages.values() if stage.code in value.then]
    of_it = StageReached.objects.filter(prosecution=OuterRef("prosecution"))
    led = of_it.filter(reached_on__lte=OuterRef("reached_on"), stage__in=leading)
    if stage.means in StageMeaning.DECIDED:
        return ~Exists(led)
    trial = [s.code for s in table.stages.values() if s.means not in StageMeaning.DECIDED]
    between = of_it.filter(
        stage__in=trial,
        reached_on__gt=OuterRef("reached_on"),
        reached_on__lt=OuterRef(OuterRef("reached_on")),
    )
    out_of_turn = ~Exists(led.filter(~Exists(between)))
    if stage.code in table.first.then:
        earlier = of_it.filter(reached_on__lt=OuterRef("reached_on"), stage__in=trial)
        return Exists(earlier) & out_of_turn
    return out_of_turn


declare(
    "prosecutions.StageReached",
    Rule(
        "stage_before_filing",
        "reached_on",
        _("A stage cannot be reached before the prosecution was filed."),
        lambda: Q(reached_on__lt=F("prosecution__filed_on")),
    ),
    Rule("stage_of_elsewhere", "stage", NO_SUCH, _unknown),
    Rule("stage_out_of_turn", "reached_on", OUT_OF_TURN, _out_of_turn),
)
happened("prosecutions.StageReached", "reached_on")
