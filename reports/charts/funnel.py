"""Bars of the stages, each of those the first one holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.languages import listed
from reports.disclosure import RANK_MIN
from reports.stages import WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.base import Report


def funnel(
    report: Report, rows: list[dict[str, Any]], asked: Mapping[str, object]
) -> dict[str, object]:
    """A bar for every stage: as long as its share of the persons of the widest stage; beside it who
    left before it (`lost`)."""
    widest = max((row["k"] for row in rows), default=0)
    if not widest:
        return {}
    nested = rows[0]["measure"] == "reached"
    bars = [
        {
            "stage": row["stage"],
            "words": WORDS[row["stage"]],
            "width": row["k"] * 100 / widest,
            "before": row["n"] * 100 / widest if row["n"] else None,
            "lost": max(0, (row["n"] or 0) - row["k"]) * 100 / widest if nested else 0,
            "k": row["k"],
            "percent": row["value"] * 100 if nested and (row["n"] or 0) >= RANK_MIN else None,
            "left": row["left"],
            "skipped": row["skipped"],
        }
        for row in rows
    ]
    return {"bars": bars, "nested": nested, "sentence": _sentence(bars, nested)}


def _sentence(bars: list[dict[str, Any]], nested: bool) -> str:
    """What the picture says, in one sentence."""
    first = bars[0]["k"]
    if not nested:
        return _(
            "Persons with an event of the stage in the period. A later stage may have more persons "
            "than an earlier one."
        )
    convicted = next(bar["k"] for bar in bars if bar["stage"] == "convicted")
    most = max(bar["left"] for bar in bars)
    before = [str(bar["words"]) for bar in bars if bar["left"] == most]
    sentence = ngettext(
        "Of %(first)s person identified, %(convicted)s came as far as a conviction.",
        "Of %(first)s persons identified, %(convicted)s came as far as a conviction.",
        first,
    ) % {"first": first, "convicted": convicted}
    others = _(
        "These are not the persons convicted of the conviction rate, which counts everybody with "
        "a verdict in the period. Here a person counts only if they were first identified in the "
        "period and passed every stage before."
    )
    sentence = f"{sentence} {others}"
    if not most:
        return sentence
    lost = _("Most were lost before “%(stage)s”: %(left)s.")
    if len(before) > 1:
        lost = _("As many were lost before each of “%(stage)s”: %(left)s.")
    sentence = f"{sentence} {lost % {'stage': listed(before), 'left': most}}"
    if not (skipped := sum(bar["skipped"] for bar in bars)):
        return sentence
    on = ngettext(
        "%(count)s person went on without a stage on record and counts as lost there.",
        "%(count)s persons went on without a stage on record and count as lost there.",
        skipped,
    )
    return f"{sentence} {on % {'count': skipped}}"
