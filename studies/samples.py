"""What a stratum's own visits say: the share, how sure it is, and whether observers agree."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studies.enums import Method
from studies.models import Observation, Visit
from studies.statistics import Clustered, cluster_share

if TYPE_CHECKING:
    from studies.models import Stratum


@dataclass(frozen=True)
class Sample:
    """The visits of a stratum, those left out apart."""

    visits: int
    left_out: int
    establishments: int  # of a venue visited twice, once
    seen: int  # the same, at every visit
    share: Clustered
    fraction: float | None  # of the mapped establishments; none: not known, or visited repeatedly
    agreed: int  # visits on which all observers counted the same minors
    observed: int  # visits with several observers
    is_representative: bool

    @property
    def per_establishment(self) -> float | None:
        return self.share.n / self.seen if self.seen else None


def sample_of(stratum: Stratum) -> Sample:
    rows = list(
        Visit.objects.filter(stratum=stratum).values_list(
            "minors", "counted", "establishments", "left_out", "venue"
        )
    )
    kept = [row for row in rows if not row[3]]
    venues: dict[str, int] = {}
    for _minors, _counted, seen, _left_out, venue in kept:
        venues[venue] = max(seen, venues.get(venue, 0))
    establishments = sum(venues.values())
    fraction = None
    if stratum.mapped and stratum.study.method in Method.ONCE:
        fraction = min(1.0, establishments / stratum.mapped)
    share = cluster_share(_clusters(kept), fraction or 0.0)
    agreed, observed = _agreement(stratum)
    return Sample(
        visits=len(kept),
        left_out=len(rows) - len(kept),
        establishments=establishments,
        seen=sum(row[2] for row in kept),
        share=share,
        fraction=fraction,
        agreed=agreed,
        observed=observed,
        is_representative=stratum.study.is_representative,
    )


def _clusters(visits: list[tuple[int, int, int, str, str]]) -> list[tuple[int, int]]:
    """Of each venue its visits added, where nobody was met, too."""
    added: dict[str, tuple[int, int]] = {}
    for minors, counted, _establishments, _left_out, venue in visits:
        k, n = added.get(venue, (0, 0))
        added[venue] = (k + minors, n + counted)
    return list(added.values())


def _agreement(stratum: Stratum) -> tuple[int, int]:
    counts: dict[object, list[int]] = defaultdict(list)
    rows = Observation.objects.filter(visit__stratum=stratum, visit__left_out="")
    for visit, minors in rows.values_list("visit", "minors"):
        counts[visit].append(minors)
    several = [value for value in counts.values() if len(value) > 1]
    return sum(len(set(numbers)) == 1 for numbers in several), len(several)
