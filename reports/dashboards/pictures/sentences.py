"""What a picture says, in one sentence or two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.languages import listed
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
    text = _("In all %(rate)s (%(k)s of %(n)s); between %(low)s and %(high)s, 95 times in 100.")
    return text % (words | {"k": row["k"], "n": row["n"]})


def of_forest(seen: Seen, drawn: dict[str, Any]) -> str:
    ranked = [mark for mark in drawn["marks"] if mark.get("dot") is not None]
    finest = ranked[-1]["level"] if ranked else ""
    ranked = [mark for mark in ranked if mark["level"] == finest]
    parts = [of_whole(seen.whole)]
    if len(ranked) > 1:
        parts.append(_between(ranked))
    few = sum(1 for mark in drawn["marks"] if mark.get("n") and mark["dot"] is None)
    parts.append(_few(few) if few else "")
    return " ".join(filter(None, parts))


def _between(ranked: list[dict[str, Any]]) -> str:
    """Nothing where all are alike: there is no highest."""
    first, last = ranked[0], ranked[-1]
    if percent(first["dot"]) == percent(last["dot"]):
        return ""
    words = {"high": standing(ranked, first), "low": standing(ranked, last)}
    text = _("Highest in %(high)s; lowest in %(low)s.") % words
    if first["low"] > last["high"]:
        return text
    return f"{text} {_('Their bars overlap: the difference may be chance.')}"


def standing(marks: list[dict[str, Any]], row: dict[str, Any], name: str = "name") -> str:
    """Who is shown with this share: “Goa, 80 %”, or, of several, “Goa and Kerala, 80 % each”."""
    share = percent(row["dot"])
    names = [str(mark[name]) for mark in marks if percent(mark["dot"]) == share]
    words = {"names": listed(names), "share": share}
    return (_("%(names)s, %(share)s each") if len(names) > 1 else _("%(names)s, %(share)s")) % words


def _few(count: int) -> str:
    text = ngettext(
        "%(count)s place has too few for a rate.",
        "%(count)s places have too few for a rate.",
        count,
    )
    return text % {"count": count}


def of_survival(seen: Seen, drawn: dict[str, Any]) -> str:
    """Each curve says its own; together: how many are followed."""
    parts = [f"{panel['title']}: {panel['n']}" for panel in drawn["panels"]]
    return _("Followed from the first day: %(what)s.") % {"what": "; ".join(parts)}


def of_reasons(seen: Seen, drawn: dict[str, Any]) -> str:
    if not drawn["marks"]:
        return _("Nowhere were enough hearings adjourned to compare the reasons.")
    first = drawn["marks"][0]
    most = [
        str(mark["label"])
        for mark in drawn["marks"]
        if (mark["place"], mark["count"]) == (first["place"], first["count"])
    ]
    text = _("In %(place)s most often: %(reason)s, %(k)s of %(n)s adjourned hearings.")
    if len(most) > 1:
        text = _("In %(place)s as often: %(reason)s, each %(k)s of %(n)s adjourned hearings.")
    return text % {
        "place": first["place"],
        "reason": listed(most),
        "k": first["count"],
        "n": first["of"],
    }
