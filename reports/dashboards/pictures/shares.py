"""Dot and interval of the measures of a report that is not by place, one below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from reports.dashboards.pictures.sentences import percent, standing
from reports.disclosure import RANK_MIN
from reports.tables import own_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.dashboards.seen import Row, Seen


def shares(seen: Seen) -> dict[str, object]:
    """In the order of the report: which is better is not for the picture to say."""
    rows = [row for row in seen.rows if row.get("n") or row.get("hidden")]
    several = len({row["measure"] for row in rows}) > 1
    named = [_named(seen, row, several=several) | {"row": row} for row in rows]
    drawn = [_mark(line) for line in named if "value" not in line["row"].get("hidden", ())]
    out = [full_name(line) for line in named if "value" in line["row"].get("hidden", ())]
    if not drawn and not out:
        return {}
    sentence = " ".join(filter(None, (_sentence(drawn), _apart(drawn))))
    return {"marks": drawn, "left_out": out, "least": RANK_MIN, "sentence": sentence}


def _named(seen: Seen, row: Row, *, several: bool) -> dict[str, Any]:
    """Of several measures: the measure, below what they are of. Of one: what leads its lines."""
    report: Any = seen.report
    words = dict(zip((key.name for key in report.keys), own_words(report, row), strict=True))
    if several or not any(words.values()):
        label = str(report.measures[row["measure"]].label)
        return {"group": _joined(words.values()), "name": label, "detail": ""}
    if _stands_apart(row):
        del words["representative"]  # it is marked
    name = str(words.pop(report.lead, ""))
    return {"group": "", "name": name, "detail": _joined(words.values())}


def _stands_apart(row: Row) -> bool:
    """Whether it says nothing about its place, only about those who were found."""
    return row.get("representative") == "no"


def _joined(words: Iterable[object]) -> str:
    return ", ".join(str(word) for word in words if word)


def full_name(mark: dict[str, object]) -> str:
    """The whole name of a mark, where it stands alone."""
    return _joined((mark["group"], mark["name"]))


def _mark(line: dict[str, Any]) -> dict[str, Any]:
    """Without an interval, of few, and below nought, no dot: the counts stand there alone."""
    row = line["row"]
    known = row["low"] is not None and row["value"] is not None and row["value"] >= 0
    return {
        "group": line["group"],
        "name": line["name"],
        "detail": line["detail"],
        "k": row["k"],
        "n": row["n"],
        "low": max(0, row["low"]) * 100 if known else None,
        "high": row["high"] * 100 if known else None,
        "dot": row["value"] * 100 if known and row["n"] >= RANK_MIN else None,
        "few": row["n"] < RANK_MIN,
        "apart": _stands_apart(row),
    }


def _sentence(marks: list[dict[str, Any]]) -> str:
    """Over those that stand for their place; the others are compared with nothing."""
    dots = [mark for mark in marks if mark["dot"] is not None and not mark["apart"]]
    ranked = sorted(dots, key=lambda mark: mark["dot"])
    if not ranked:
        return _("Too few are counted for a rate.")
    named = [mark | {"full": full_name(mark)} for mark in ranked]
    last, first = named[0], named[-1]
    if len(named) == 1:
        return f"{standing(named, first, 'full')}."
    if percent(first["dot"]) == percent(last["dot"]):
        return ""  # of equals none is the highest
    words = {"high": standing(named, first, "full"), "low": standing(named, last, "full")}
    return _("Highest: %(high)s. Lowest: %(low)s.") % words


def _apart(marks: list[dict[str, object]]) -> str:
    names = dict.fromkeys(full_name(mark) for mark in marks if mark["apart"])
    text = _("Not representative, so not compared: %(names)s.")
    return text % {"names": "; ".join(names)} if names else ""
