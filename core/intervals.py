"""Intervals of shares, differences and ratios, from counts alone.

Sources: E. B. Wilson (1927) for one share; R. G. Newcombe (1998), method 10, for the difference of
two; the log method (Katz and others, 1978) for a ratio. Checked against values that statsmodels
and scipy computed (`tests/golden_stats.json`).
"""

from __future__ import annotations

from math import exp, sqrt
from typing import NamedTuple

Z95 = 1.959963984540054  # two-sided 95 %


class Interval(NamedTuple):
    low: float
    high: float


def wilson(k: float, n: float, z: float = Z95) -> Interval | None:
    """Wilson score interval of the share k/n, between 0 and 1. No observation: no interval.

    It holds k/n: 0 of n begins at exactly 0, n of n ends at exactly 1. `n` may be an effective
    sample size. Raises ValueError where k is not within 0..n.
    """
    if not 0 <= k <= n:
        raise ValueError("A share needs 0 <= k <= n.")
    if n == 0:
        return None
    p = k / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    # Rounding leaves the ends of 0 of n and of n of n a hair inside their point.
    low = centre - half if k else 0.0
    high = centre + half if k < n else 1.0
    return Interval(min(max(0.0, low), p), max(min(1.0, high), p))


def newcombe(k1: float, n1: float, k2: float, n2: float, z: float = Z95) -> Interval | None:
    """Interval of the difference k1/n1 - k2/n2, built from the two Wilson intervals."""
    first, second = wilson(k1, n1, z), wilson(k2, n2, z)
    if first is None or second is None:
        return None
    p1, p2 = k1 / n1, k2 / n2
    down = sqrt((p1 - first.low) ** 2 + (second.high - p2) ** 2)
    up = sqrt((first.high - p1) ** 2 + (p2 - second.low) ** 2)
    return Interval(max(-1.0, p1 - p2 - down), min(1.0, p1 - p2 + up))


def log_ratio(k1: float, n1: float, k2: float, n2: float, z: float = Z95) -> Interval | None:
    """Interval of the ratio (k1/n1) / (k2/n2) on the log scale. A zero count: no interval."""
    if min(k1, n1, k2, n2) <= 0:
        return None
    ratio = (k1 / n1) / (k2 / n2)
    error = sqrt(1 / k1 - 1 / n1 + 1 / k2 - 1 / n2)
    return Interval(ratio * exp(-z * error), ratio * exp(z * error))
