"""The share still open over time, step by step, with its interval."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from reports.disclosure import RANK_MIN

if TYPE_CHECKING:
    from reports.base import Report

YEAR = 365.25


def survival(
    report: Report, rows: list[dict[str, object]], asked: dict[str, object]
) -> dict[str, object]:
    """One panel for each clock that anything was followed by."""
    panels = [_panel(report, row) for row in rows if row["measure"] == "median" and row["n"]]
    return {"panels": panels} if panels else {}


def _panel(report: Any, row: dict[str, Any]) -> dict[str, object]:
    (clock,) = (column for column in report.keys if column.name == "clock")
    every, years = _axis(row["followed"] / YEAR)
    panel = {
        "title": clock.words[row["clock"]],
        "n": row["n"],
        "over": row["k"],
        "sentence": _sentence(row),
        "ticks": [{"at": at * 100 / years, "years": at} for at in range(0, years + 1, every)],
    }
    if row["n"] < RANK_MIN:  # too few for a line: the table has what can be said
        return panel | {"few": True}
    across = 100 / (years * YEAR)
    steps = [(0.0, 1.0, 1.0, 1.0), *row["curve"]]
    end = row["followed"] * across
    return panel | {
        "line": _stairs([(day * across, share) for day, share, *_ends in steps], end),
        "band": _band([(day * across, low, high) for day, _share, low, high in steps], end),
        "grid": [tick["at"] for tick in panel["ticks"]],
    }


def _axis(years: float) -> tuple[int, int]:
    """Years between two marks, at most six of them, and years in all."""
    every = max(1, ceil(years / 6))
    return every, every * max(1, ceil(years / every))


def _stairs(points: list[tuple[float, float]], end: float) -> str:
    """A path that keeps its height until the next point. Heights: 1 on top, 0 at the bottom."""
    (x, share), *rest = points
    path = [f"M{x:.2f} {_y(share):.2f}"]
    path += [f"H{x:.2f}V{_y(share):.2f}" for x, share in rest]
    return "".join([*path, f"H{end:.2f}"])


def _band(points: list[tuple[float, float, float]], end: float) -> str:
    """From end to end along the upper bound, and back along the lower one."""
    up = _stairs([(x, high) for x, _low, high in points], end)
    back, right = [], end
    for x, low, _high in reversed(points):
        back.append(f"L{right:.2f} {_y(low):.2f}L{x:.2f} {_y(low):.2f}")
        right = x
    return f"{up}{''.join(back)}Z"


def _y(share: float) -> float:
    return (1 - share) * 40


def _sentence(row: dict[str, Any]) -> str:
    counted = _("%(over)s of %(n)s came to a decision.") % {"over": row["k"], "n": row["n"]}
    if row["n"] < RANK_MIN:
        return f"{counted} {_('Too few for a curve.')}"
    if row["value"] is None:
        return f"{counted} {_('More than half are still open, so there is no median yet.')}"
    half = _("Half were over after %(days)s days (%(years)s years).")
    words = {"days": round(row["value"]), "years": round(row["value"] / YEAR, 1)}
    return f"{counted} {half % words}"
