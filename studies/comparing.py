"""Two shares before and after, if they can be compared; two figures beside each other.

Guards and formulas: standards.md of the design, 6.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import TextChoices

from core.intervals import Interval, newcombe
from core.refusals import gettext_lazy as _
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


class Reason(TextChoices):
    """Why a share cannot be measured against an earlier one."""

    NOT_AFTER = "not_after", _("The endline was not made after the baseline.")
    FORMS = "forms", _("They are about different forms of exploitation.")
    METHODS = "methods", _("People were found by different methods.")
    MINORS = "minors", _("A minor was defined in different ways.")
    BEFORE_PARTIAL = (
        "baseline_not_representative",
        _("The baseline is not representative."),
    )
    AFTER_PARTIAL = (
        "endline_not_representative",
        _("The endline is not representative."),
    )
    PLACES = "places", _("They are about different places.")
    KINDS = "kinds", _("One is about public establishments, the other about private networks.")
    FRAMES = "frames", _("They were drawn from different lists or maps.")
    FIGURING = "figuring", _("The shares were worked out in different ways.")
    BEFORE_NO_N = (
        "baseline_without_n",
        _("The baseline does not say how many people it counted."),
    )
    AFTER_NO_N = (
        "endline_without_n",
        _("The endline does not say how many people it counted."),
    )


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


def reasons_against(baseline: Estimate, endline: Estimate) -> list[Reason]:
    """Why the second cannot be measured against the first; nothing: it can."""
    return list(_reasons(baseline, endline))


def _reasons(baseline: Estimate, endline: Estimate) -> Iterator[Reason]:
    before, after = baseline.stratum, endline.stratum
    yield from _of_studies(before, after)
    if before.jurisdiction_id != after.jurisdiction_id:
        yield Reason.PLACES
    if before.kind != after.kind:
        yield Reason.KINDS
    if before.frame.casefold() != after.frame.casefold():
        yield Reason.FRAMES
    if baseline.figuring != endline.figuring:
        yield Reason.FIGURING
    for estimate, reason in (
        (baseline, Reason.BEFORE_NO_N),
        (endline, Reason.AFTER_NO_N),
    ):
        if estimate.n is None:
            yield reason


def _of_studies(baseline: Stratum, endline: Stratum) -> Iterator[Reason]:
    before, after = baseline.study, endline.study
    if before.fieldwork_to >= after.fieldwork_from:
        yield Reason.NOT_AFTER
    if before.programme != after.programme:
        yield Reason.FORMS
    if before.method != after.method:
        yield Reason.METHODS
    if (before.minor_below, before.minor_judged) != (after.minor_below, after.minor_judged):
        yield Reason.MINORS
    if not before.is_representative:
        yield Reason.BEFORE_PARTIAL
    if not after.is_representative:
        yield Reason.AFTER_PARTIAL


def same_season(baseline: Stratum, endline: Stratum) -> bool:
    """Whether both were counted at about the same time of the year."""
    apart = abs(baseline.study.fieldwork_from.month - endline.study.fieldwork_from.month)
    return min(apart, MONTHS - apart) <= SEASON


@dataclass(frozen=True)
class Comparison:
    """A baseline and an endline: the reasons against it, or the figures."""

    baseline: Estimate
    endline: Estimate
    reasons: list[Reason]
    same_season: bool
    reduction: Reduction | None = None  # from plain counts
    with_effect: Reduction | None = None  # from counts over their design effects
    difference: Interval | None = None
    test: Test | None = None

    @property
    def why_not(self) -> list[str]:
        """The reasons in words."""
        return [str(reason.label) for reason in self.reasons]


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
