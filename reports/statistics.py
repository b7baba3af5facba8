"""Quantiles, and times of which some are not over yet.

Source: E. L. Kaplan and P. Meier (1958) with M. Greenwood (1926). Checked against a textbook.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import accumulate
from math import floor, sqrt
from typing import TYPE_CHECKING, NamedTuple

from core.intervals import Z95

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def quantile(values: Counter[int], q: float) -> float | None:
    """The q-quantile by linear interpolation between the values in order. Of nothing: none.

    Of the values, or of how many there are of each.
    """
    counts = Counter(values)
    ordered = sorted(value for value, many in counts.items() if many)
    upto = list(accumulate(counts[value] for value in ordered))
    if not upto:
        return None
    at = q * (upto[-1] - 1)
    below = floor(at)
    above = min(below + 1, upto[-1] - 1)
    low, high = (ordered[bisect_right(upto, place)] for place in (below, above))
    return low + (at - below) * (high - low)


class Step(NamedTuple):
    """From `time` on the share without the event is `share`, until the next step."""

    time: float
    at_risk: int
    events: int
    share: float
    low: float
    high: float


def kaplan_meier(times: Iterable[tuple[float, bool]], z: float = Z95) -> list[Step]:
    """The share still without the event, step by step (Kaplan and Meier, 1958).

    Each observation is (time, whether the event came then), or how many there are of each; without
    the event, it is censored: known to be without the event up to that time, counted at risk at
    it. The interval is Greenwood's, cut to 0 and 1.
    """
    observed = Counter(times)
    if any(time < 0 for time, _event in observed):
        raise ValueError("A time cannot be below zero.")
    leaving, happened = Counter[float](), Counter[float]()
    for (time, event), many in observed.items():
        leaving[time] += many
        happened[time] += many if event else 0
    at_risk, steps, share, spread = observed.total(), [], 1.0, 0.0
    for time in sorted(leaving):
        if events := happened[time]:
            share *= 1 - events / at_risk
            left = at_risk - events
            spread += events / (at_risk * left) if left else 0.0
            half = z * share * sqrt(spread)
            low, high = max(0.0, share - half), min(1.0, share + half)
            steps.append(Step(time, at_risk, events, share, low, high))
        at_risk -= leaving[time]
    return steps


def step_at(steps: Sequence[Step], time: float) -> Step | None:
    """The step in force at a time; nothing before the first event."""
    return next((step for step in reversed(steps) if step.time <= time), None)


def median_time(steps: Sequence[Step]) -> float | None:
    """The first time at which no more than half are left, within rounding; none if never."""
    return next((step.time for step in steps if step.share <= HALF), None)


HALF = 0.5 + 1e-9
