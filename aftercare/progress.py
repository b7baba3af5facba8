"""How a survivor is doing: scores over time, drawn on the server, with the table that says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instruments.answers import BEST, WORST, called

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from aftercare.models import Assessment
    from instruments.answers import Scored

WIDTH, HEIGHT, EDGE = 240, 84, 8  # of one picture


def progress(assessments: Sequence[Assessment]) -> dict[str, object]:
    """Completed assessments by one instrument, the first first: a row and a line a domain.

    Of several instruments, those of the latest one: scores of two cannot be compared.
    """
    if not assessments:
        return {}
    used = assessments[-1].instrument
    alike = [assessment for assessment in assessments if assessment.instrument_id == used.pk]
    scores = [assessment.scored() for assessment in alike]
    days = [assessment.assessed_on for assessment in alike]
    domains = [
        _domain(domain, [score.domains.get(domain["code"]) for score in scores], days)
        for domain in used.domains
    ]
    return {
        "instrument": str(used),
        "days": days,
        "domains": domains,
        "restored": scores[-1].restored,
        "vulnerable": _at_worst(alike[-1]),
        "others": len(assessments) - len(alike),
        "picture": len(alike) > 1,
        "width": WIDTH,
        "height": HEIGHT,
        "levels": [{"score": n, "y": _y(n)} for n in range(WORST, BEST + 1)],
    }


def change(scores: Sequence[Scored], domain: str) -> float | None:
    """Last minus first, where both could be scored and are not the same assessment."""
    if len(scores) < 2:
        return None
    first, last = scores[0].domains.get(domain), scores[-1].domains.get(domain)
    return None if first is None or last is None else last - first


def _domain(
    domain: dict[str, object], means: list[float | None], days: list[date]
) -> dict[str, object]:
    first, last = means[0], means[-1]
    both = len(means) > 1 and first is not None and last is not None
    points = [
        (_x(day, days), _y(mean)) for day, mean in zip(days, means, strict=True) if mean is not None
    ]
    return {
        "code": domain["code"],
        "label": called(domain),
        "means": means,
        "change": last - first if both and first is not None and last is not None else None,
        "points": points,
        "line": " ".join(f"{x:.1f},{y:.1f}" for x, y in points),
    }


def _at_worst(assessment: Assessment) -> list[str]:
    """The items of the latest assessment at their worst: where help is needed first."""
    return [
        called(item)
        for domain in assessment.instrument.domains
        for item in domain["items"]
        if assessment.answers.get(item["code"]) == WORST
    ]


def _x(day: date, days: list[date]) -> float:
    span = (days[-1] - days[0]).days or 1
    return EDGE + (day - days[0]).days * (WIDTH - 2 * EDGE) / span


def _y(score: float) -> float:
    return HEIGHT - EDGE - (score - WORST) * (HEIGHT - 2 * EDGE) / (BEST - WORST)
