"""Intervals for shares and ratios, from counts alone; times of which some are not over yet.

Sources: E. B. Wilson (1927) for one share; R. G. Newcombe (1998), method 10, for the difference of
two; the log method (Katz and others, 1978) for a ratio; E. L. Kaplan and P. Meier (1958) with
M. Greenwood (1926) for times. Checked against values that statsmodels
and scipy computed (`tests/reports/golden_stats.json`).
"""

from __future__ import annotations

from collections import Counter
from math import exp, floor, log, sqrt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

Z95 = 1.959963984540054  # two-sided 95 %


class Interval(NamedTuple):
    low: float
    high: float


def wilson(k: float, n: float, z: float = Z95) -> Interval | None:
    """Wilson score interval of the share k/n, between 0 and 1. No observation: no interval.

    `n` may be an effective sample size. Raises ValueError where k is not within 0..n.
    """
    if not 0 <= k <= n:
        raise ValueError("A share needs 0 <= k <= n.")
    if n == 0:
        return None
    p = k / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return Interval(max(0.0, centre - half), min(1.0, centre + half))


def newcombe(k1: float, n1: float, k2: float, n2: float, z: float = Z95) -> Interval | None:
    """Interval of the difference k1/n1 - k2/n2, built from the two Wilson intervals."""
    one, two = wilson(k1, n1, z), wilson(k2, n2, z)
    if one is None or two is None:
        return None
    p1, p2 = k1 / n1, k2 / n2
    down = sqrt((p1 - one.low) ** 2 + (two.high - p2) ** 2)
    up = sqrt((one.high - p1) ** 2 + (p2 - two.low) ** 2)
    return Interval(p1 - p2 - down, p1 - p2 + up)


def log_ratio(k1: float, n1: float, k2: float, n2: float, z: float = Z95) -> Interval | None:
    """Interval of the ratio (k1/n1) / (k2/n2) on the log scale. A zero count: no interval."""
    if min(k1, n1, k2, n2) <= 0:
        return None
    ratio = (k1 / n1) / (k2 / n2)
    error = sqrt(1 / k1 - 1 / n1 + 1 / k2 - 1 / n2)
    return Interval(exp(log(ratio) - z * error), exp(log(ratio) + z * error))


def quantile(values: Sequence[float], q: float) -> float | None:
    """The q-quantile by linear interpolation between the values in order. Of nothing: none."""
    if not values:
        return None
    ordered = sorted(values)
    at = q * (len(ordered) - 1)
    below = floor(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (at - below) * (ordered[above] - ordered[below])


class Step(NamedTuple):
    """From `time` on the share without the event is `share`, until the next step."""

    time: float
    at_risk: int
    events: int
    share: float
    low: float
    high: float


def kaplan_meier(times: Sequence[tuple[float, bool]], z: float = Z95) -> list[Step]:
    """The share still without the event, step by step (Kaplan and Meier, 1958).

    Each observation is (time, whether the event came then); without it, it is censored: known to
    be without the event up to that time, counted at risk at it. The interval is Greenwood's, cut
    to 0 and 1.
    """
    if any(time < 0 for time, _event in times):
        raise ValueError("A time cannot be below zero.")
    leaving = Counter(time for time, _event in times)
    happened = Counter(time for time, event in times if event)
    at_risk, steps, share, spread = len(times), [], 1.0, 0.0
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
