"""What a picture says, in one sentence or two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.disclosure import RANK_MIN

if TYPE_CHECKING:
    from reports.dashboards.seen import Row, Seen


def percent(share: float) -> str:
    return f"{share:.0f}\u202f%"


def of_whole(row: Row | None) -> str:
    """The rate over everything, with its interval; of few, without a rate."""
    if not row or not row.get("n"):
        return ""
    if row["n"] < RANK_MIN:
        return _("In all %(k)s of %(n)s: too few for a rate.") % {"k": row["k"], "n": row["n"]}
    words = {name: percent(row[name] * 100) for name in ("rate", "low", "high")}
    said = _("In all %(rate)s (%(k)s of %(n)s); between %(low)s and %(high)s, 95 times in 100.")
    return said % (words | {"k": row["k"], "n": row["n"]})


def of_forest(seen: Seen, drawn: dict[str, Any]) -> str:
    ranked = [mark for mark in drawn["marks"] if mark.get("dot") is not None]
    finest = ranked[-1]["level"] if ranked else ""
    ranked = [mark for mark in ranked if mark["level"] == finest]
    parts = [of_whole(seen.whole)]
    if len(ranked) > 1:
        parts.append(_between(ranked[0], ranked[-1]))
    few = sum(1 for mark in drawn["marks"] if mark.get("n") and mark["dot"] is None)
    parts.append(_few(few) if few else "")
    return " ".join(filter(None, parts))


def _between(first: dict[str, Any], last: dict[str, Any]) -> str:
    words = {
        "first": first["name"],
        "most": percent(first["dot"]),
        "last": last["name"],
        "least": percent(last["dot"]),
    }
    if first["low"] > last["high"]:
        apart = _("Highest in %(first)s, %(most)s; lowest in %(last)s, %(least)s.")
        return apart % words
    near = _(
        "Highest in %(first)s, %(most)s; lowest in %(last)s, %(least)s. Their bars overlap: the "
        "difference may be chance."
    )
    return near % words


def _few(count: int) -> str:
    said = ngettext(
        "%(count)s place has too few for a rate.",
        "%(count)s places have too few for a rate.",
        count,
    )
    return said % {"count": count}


def of_survival(seen: Seen, drawn: dict[str, Any]) -> str:
    """Each curve says its own; together: how many are followed."""
    parts = [f"{panel['title']}: {panel['n']}" for panel in drawn["panels"]]
    return _("Followed from the first day: %(what)s.") % {"what": "; ".join(parts)}


def of_reasons(seen: Seen, drawn: dict[str, Any]) -> str:
    if not drawn["marks"]:
        return _("Nowhere were enough hearings adjourned to compare the reasons.")
    first = drawn["marks"][0]
    said = _("In %(place)s most often: %(reason)s, %(k)s of %(n)s adjourned hearings.")
    return said % {
        "place": first["place"],
        "reason": first["label"],
        "k": first["count"],
        "n": first["of"],
    }
