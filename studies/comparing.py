"""Two shares before and after, if they can be compared; two figures beside each other.

Guards and formulas: standards.md of the design, 6.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.intervals import Interval, newcombe
from core.refusals import gettext as _
from studies.enums import Basis
from studies.statistics import (
    Reduction,
    Test,
    counts_behind,
    effective_wilson,
    reduction,
    two_shares,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studies.models import Estimate, Stratum

MONTHS, SEASON = 12, 2  # fieldwork that begins up to so many months apart is of one season


@dataclass(frozen=True)
class Counts:
    """What an estimate counts with: k may be no whole number where only a share was published."""

    k: float
    n: int
    effect: float

    @property
    def effective(self) -> tuple[float, float]:
        return self.k / self.effect, self.n / self.effect


def share_of(estimate: Estimate) -> float:
    """The share as published; else k of n."""
    if estimate.share is not None:
        return float(estimate.share)
    return (estimate.k or 0) / (estimate.n or 1)


def counts_of(estimate: Estimate) -> Counts | None:
    """What is counted with; nothing where n is not known."""
    if estimate.n is None:
        return None
    k = share_of(estimate) * estimate.n
    return Counts(k, estimate.n, float(estimate.design_effect or 1))


def interval_of(estimate: Estimate) -> Interval | None:
    """As published; else Wilson's on the effective n. None from visits that show no spread."""
    if estimate.low is not None and estimate.high is not None:
        return Interval(float(estimate.low), float(estimate.high))
    if estimate.basis == Basis.VISITS and estimate.design_effect is None:
        return None
    counts = counts_of(estimate)
    return effective_wilson(counts.k, counts.n, counts.effect) if counts else None


def behind(estimate: Estimate) -> tuple[int, int] | None:
    """The counts a published share can stand for, where none were published."""
    if estimate.k is not None or estimate.share is None or estimate.n is None:
        return None
    return counts_behind(estimate.share, estimate.n)


def reasons_against(baseline: Estimate, endline: Estimate) -> list[str]:
    """Why the second cannot be measured against the first; nothing: it can."""
    return list(_reasons(baseline, endline))


def _reasons(baseline: Estimate, endline: Estimate) -> Iterator[str]:
    before, after = baseline.stratum, endline.stratum
    yield from _of_studies(before, after)
    if before.jurisdiction_id != after.jurisdiction_id:
        yield _("They are about different places.")
    if before.kind != after.kind:
        yield _("One is about public establishments, the other about private networks.")
    if before.frame.casefold() != after.frame.casefold():
        yield _("They were drawn from different lists or maps.")
    if baseline.figuring != endline.figuring:
        yield _("The shares were worked out in different ways.")
    for estimate, words in (
        (baseline, _("The baseline does not say how many people it counted.")),
        (endline, _("The endline does not say how many people it counted.")),
    ):
        if estimate.n is None:
            yield words


def _of_studies(baseline: Stratum, endline: Stratum) -> Iterator[str]:
    before, after = baseline.study, endline.study
    if before.fieldwork_to >= after.fieldwork_from:
        yield _("The endline was not made after the baseline.")
    if before.programme != after.programme:
        yield _("They are about different forms of exploitation.")
    if before.method != after.method:
        yield _("People were found by different methods.")
    if (before.minor_below, before.minor_judged) != (after.minor_below, after.minor_judged):
        yield _("A minor was defined in different ways.")
    if not before.is_representative:
        yield _("The baseline is not representative.")
    if not after.is_representative:
        yield _("The endline is not representative.")


def same_season(baseline: Stratum, endline: Stratum) -> bool:
    """Whether both were counted at about the same time of the year."""
    apart = abs(baseline.study.fieldwork_from.month - endline.study.fieldwork_from.month)
    return min(apart, MONTHS - apart) <= SEASON


@dataclass(frozen=True)
class Comparison:
    """A baseline and an endline: the reasons against it, or the figures."""

    baseline: Estimate
    endline: Estimate
    reasons: list[str]
    same_season: bool
    reduction: Reduction | None = None  # from plain counts
    with_effect: Reduction | None = None  # from counts over their design effects
    difference: Interval | None = None
    test: Test | None = None


def compare(baseline: Estimate, endline: Estimate) -> Comparison:
    reasons = reasons_against(baseline, endline)
    season = same_season(baseline.stratum, endline.stratum)
    before, after = counts_of(baseline), counts_of(endline)
    if reasons or before is None or after is None:
        return Comparison(baseline, endline, reasons, season)
    effective = (*before.effective, *after.effective)
    return Comparison(
        baseline,
        endline,
        reasons,
        season,
        reduction(before.k, before.n, after.k, after.n),
        reduction(*effective),
        newcombe(*after.effective, *before.effective),
        two_shares(*effective),
    )
