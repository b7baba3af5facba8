"""Figures of several publishers beside each other: ratio and common ground, never one number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from places.models import JurisdictionClosure
from studies.comparing import share_of
from studies.enums import Kind, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studies.models import Estimate, ExternalStatistic

FEWER = re.compile(r"\s*[<＜]\s*([2-9]|[1-9][0-9]{1,5})\s*")


class Ground(TextChoices):
    """How the areas of two figures lie to each other."""

    SAME = "same", _("The same area")
    WITHIN = "within", _("The first is within the second")
    AROUND = "around", _("The second is within the first")
    PARTLY = "partly", _("Some parts in common")
    APART = "apart", _("No part in common")
    UNKNOWN = "unknown", _("Which parts each covers is not known")


@dataclass(frozen=True)
class Comparison:
    """Two figures of one measure, unit and form, the earlier first."""

    one: ExternalStatistic
    two: ExternalStatistic
    ratios: tuple[float, float] | None  # the later over the earlier, from and to; none: no number
    ground: Ground
    common: int | None  # parts in common, where both name theirs

    @property
    def ratio(self) -> float | None:
        """Where it is one number."""
        return self.ratios[0] if self.ratios and self.ratios[0] == self.ratios[1] else None

    @property
    def between(self) -> tuple[float | None, float | None]:
        """Where it is a range, as from “<5”."""
        return self.ratios if self.ratios and self.ratio is None else (None, None)

    @property
    def years_apart(self) -> int:
        return abs(self.one.year - self.two.year)


def comparisons(rows: Iterable[ExternalStatistic]) -> list[Comparison]:
    """Every two figures that measure the same in the same unit, of places of which one holds
    the other."""
    pairs = []
    above = places_above()
    for pair in combinations(rows, 2):
        older, newer = sorted(pair, key=lambda row: row.year)
        alike = (older.measure, older.unit, older.programme) == (
            newer.measure,
            newer.unit,
            newer.programme,
        )
        if alike and _nested(older, newer, above):
            ground, common = _ground(older, newer, above)
            pairs.append(Comparison(older, newer, _ratios(older, newer), ground, common))
    return pairs


@dataclass(frozen=True)
class Ours:
    """A share of ours and a figure of others about a place around."""

    estimate: Estimate
    other: ExternalStatistic
    ratio: float  # theirs over ours


def beside_ours(estimates: Iterable[Estimate], others: Iterable[ExternalStatistic]) -> list[Ours]:
    """Our shares of minors beside those of others of the same form."""
    above = places_above()
    shares = [row for row in others if row.measure == Kind.SHARE_MINORS and row.value is not None]
    return [
        Ours(mine, other, float(other.value or 0) / share_of(mine))
        for mine in estimates
        for other in shares
        if share_of(mine)
        and mine.stratum.study.programme == other.programme
        and (mine.stratum.jurisdiction.code, other.jurisdiction.code) in above
    ]


def _ratios(older: ExternalStatistic, newer: ExternalStatistic) -> tuple[float, float] | None:
    under, over = _within(older), _within(newer)
    if under is None or over is None or not under[0]:
        return None
    return over[0] / under[1], over[1] / under[0]


def _within(row: ExternalStatistic) -> tuple[float, float] | None:
    """From and to: twice the number; of “<5” 1 and 4. Of other text nothing."""
    if row.value is not None:
        return float(row.value), float(row.value)
    small = None if row.unit == Unit.SHARE else FEWER.fullmatch(row.text)
    return (1.0, float(int(small[1]) - 1)) if small else None


def places_above() -> set[tuple[str, str]]:
    """(place, a place it lies in) for every place, itself included."""
    links = JurisdictionClosure.objects.values_list("descendant__code", "ancestor__code")
    return set(links)


def _nested(
    older: ExternalStatistic, newer: ExternalStatistic, above: set[tuple[str, str]]
) -> bool:
    a, b = older.jurisdiction.code, newer.jurisdiction.code
    return (a, b) in above or (b, a) in above


def _ground(
    older: ExternalStatistic, newer: ExternalStatistic, above: set[tuple[str, str]]
) -> tuple[Ground, int | None]:
    unnamed = [row for row in (older, newer) if row.parts_number is not None and not row.parts]
    if unnamed:
        return Ground.UNKNOWN, None
    first = set(older.parts) or {older.jurisdiction.code}
    second = set(newer.parts) or {newer.jurisdiction.code}
    named = len(first & second) if older.parts and newer.parts else None
    if first == second:
        return Ground.SAME, named
    if _covers(second, first, above):
        return Ground.WITHIN, named
    if _covers(first, second, above):
        return Ground.AROUND, named
    touching = any((a, b) in above or (b, a) in above for a in first for b in second)
    return (Ground.PARTLY if touching else Ground.APART), named


def _covers(wide: set[str], narrow: set[str], above: set[tuple[str, str]]) -> bool:
    return all(any((part, place) in above for place in wide) for part in narrow)
