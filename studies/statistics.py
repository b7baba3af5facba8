"""The statistics of samples: clusters, recaptures, two shares, how many must be asked.

Sources: W. G. Cochran, Sampling Techniques (1977), 3.12 and 2.6, for clusters and finite
populations, with L. Kish's design effect (1965) and E. B. Wilson's interval on the effective n;
D. G. Chapman (1951) and G. A. F. Seber (1982), 3.2, for recaptures; J. Cohen (1988), 6, for the
arcsine sample size; the pooled z test as in any textbook.
Checked against `tests/golden_stats.json`.
"""

from __future__ import annotations

from decimal import Decimal
from math import asin, ceil, erfc, floor, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

from core.intervals import Z95, Interval, log_ratio, wilson

if TYPE_CHECKING:
    from collections.abc import Sequence


class Clustered(NamedTuple):
    """A share from clusters. No error, effect or interval: it cannot be told from these counts."""

    k: int
    n: int
    clusters: int
    share: float | None
    error: float | None
    effect: float | None
    interval: Interval | None


def cluster_share(clusters: Sequence[tuple[int, int]], visited: float = 0.0) -> Clustered:
    """The share of all counted, of clusters (k, n); `visited`: the part of the frame they are.

    var = m/(m-1) · Σ(kᵢ - p·nᵢ)² / (Σnᵢ)² · (1 - visited); effect = var / (p(1-p)/n); the interval
    is Wilson's on n/effect. With k = 0 or k = n the effect is 1. From one cluster, and where no
    variance is left (all alike, or a frame visited as a whole), there is no interval.
    """
    k, n, m = sum(c[0] for c in clusters), sum(c[1] for c in clusters), len(clusters)
    if n == 0:
        return Clustered(k, n, m, None, None, None, None)
    p = k / n
    if visited >= 1 or m == 1:
        return Clustered(k, n, m, p, 0.0 if visited >= 1 else None, None, None)
    if k in {0, n}:
        return Clustered(k, n, m, p, None, 1.0, wilson(k, n))
    spread = sum((x - p * size) ** 2 for x, size in clusters)
    variance = m / (m - 1) * spread / n**2 * (1 - visited)
    if not variance:
        return Clustered(k, n, m, p, 0.0, None, None)
    effect = variance / (p * (1 - p) / n)
    return Clustered(k, n, m, p, sqrt(variance), effect, effective_wilson(k, n, effect))


def effective_wilson(k: float, n: float, effect: float = 1.0) -> Interval | None:
    """Wilson's interval as if n/effect people had been asked one by one."""
    return wilson(k / effect, n / effect)


class Size(NamedTuple):
    """How many there are, seen or not, with its standard error and interval."""

    number: float
    error: float
    low: float
    high: float


def chapman(first: int, second: int, both: int) -> Size:
    """The size of a population of which `both` were seen in each of two rounds.

    N = (n₁+1)(n₂+1)/(m+1) - 1; var = (n₁+1)(n₂+1)(n₁-m)(n₂-m) / ((m+1)²(m+2)). The interval does
    not begin below the number who were seen.
    """
    if not 0 <= both <= min(first, second):
        raise ValueError("Those seen in both rounds are among those of each.")
    product = (first + 1) * (second + 1)
    number = product / (both + 1) - 1
    variance = product * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    error = sqrt(variance)
    seen = first + second - both
    return Size(number, error, max(float(seen), number - Z95 * error), number + Z95 * error)


class Test(NamedTuple):
    z: float
    p: float


def two_shares(k1: float, n1: float, k2: float, n2: float) -> Test | None:
    """Whether two shares differ: the pooled z, and how often chance alone gives such a z."""
    if min(n1, n2) <= 0 or not 0 < k1 + k2 < n1 + n2:
        return None
    pooled = (k1 + k2) / (n1 + n2)
    z = (k1 / n1 - k2 / n2) / sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    return Test(z, erfc(abs(z) / sqrt(2)))


class Reduction(NamedTuple):
    """One minus the ratio of two shares. A zero count has no interval."""

    value: float
    low: float | None
    high: float | None


def reduction(k1: float, n1: float, k2: float, n2: float) -> Reduction | None:
    """From baseline k1/n1 to endline k2/n2; below zero it is a rise. From nothing: none."""
    if k1 <= 0 or min(n1, n2) <= 0:
        return None
    ratio = log_ratio(k2, n2, k1, n1)
    value = 1 - (k2 / n2) / (k1 / n1)
    return (
        Reduction(value, 1 - ratio.high, 1 - ratio.low) if ratio else Reduction(value, None, None)
    )


def sample_size(
    p1: float, p2: float, *, power: float = 0.8, alpha: float = 0.05, effect: float = 1.0
) -> int:
    """People to count in each of two groups so that p1 against p2 is found.

    n = 2 · ((z_α + z_β) / h)² · effect, with h = 2·asin√p1 - 2·asin√p2.
    """
    if not (0 <= p1 <= 1 and 0 <= p2 <= 1 and p1 != p2 and 0 < power < 1 and 0 < alpha < 1):
        raise ValueError("Two different shares, and a power and an error between 0 and 1.")
    h = 2 * asin(sqrt(p1)) - 2 * asin(sqrt(p2))
    normal = NormalDist()
    z = normal.inv_cdf(1 - alpha / 2) + normal.inv_cdf(power)
    return ceil(2 * (z / h) ** 2 * effect)


def counts_behind(share: Decimal, n: int) -> tuple[int, int] | None:
    """The fewest and the most of n whose share is written so when it is rounded; none: no count."""
    exponent = share.normalize().as_tuple().exponent
    half = Decimal(5).scaleb(min(int(exponent), 0) - 1)
    least, most = ceil(max(share - half, Decimal(0)) * n), floor(min(share + half, Decimal(1)) * n)
    return (least, most) if least <= most else None
