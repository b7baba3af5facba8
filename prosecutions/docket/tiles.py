"""The tiles above a docket: how much there is in each group, and what it is made of."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prosecutions.docket import other_rows
from prosecutions.docket.asking import TILES, TONES, Group
from prosecutions.docket.parts import hour_of
from prosecutions.enums import RequestKind

if TYPE_CHECKING:
    from prosecutions.docket.parts import Parts

MOST_KINDS = 3
POLICE, COURT = "of the police", "of the court"  # beside the kinds of requests


def tiles(parts: Parts) -> list[dict[str, object]]:
    return [_tile(group, parts) for group in Group]


def _tile(group: Group, parts: Parts) -> dict[str, object]:
    asked, on = parts.asked, parts.asked.show == group
    return {
        "name": group.value,
        "label": TILES[group],
        "count": parts.counts[group],
        "tone": TONES.get(group, ""),
        "note": _note(group, parts) if parts.counts[group] else "",
        "url": asked.but(show="" if on else group.value),
        "on": on,
    }


def _note(group: Group, parts: Parts) -> str:
    """What a group is made of, where there is something in it."""
    if group == Group.OVERDUE:
        return _("hearing held, no result recorded")
    if group == Group.NO_DATE:
        return _("could be lost from the list")
    if group in (Group.COURT, Group.CUSTODY):
        return _nearest(group, parts)
    if group == Group.SOON:
        children = sum(row.child for row in parts.of_group[group])
        words = ngettext("%(n)s with a child witness", "%(n)s with child witnesses", children)
        return words % {"n": children} if children else ""
    if group == Group.WAITING:
        return _awaited(parts)
    return ""


def _nearest(group: Group, parts: Parts) -> str:
    """Whose day and hour come first in it, and how long is left."""
    if not (first := parts.nearest(group)):
        return ""
    row = min(first, key=hour_of)
    return f"{row['who']}: {row['ready'].words}"


def _awaited(parts: Parts) -> str:
    """The kinds of what is awaited, the most frequent first."""
    words = dict(RequestKind.choices) | {POLICE: _("Report of the police"), COURT: _("Judgment")}
    kinds = Counter(parts.kinds)
    for part, n in parts.all:
        if part.group == Group.WAITING and part.words is not other_rows.request_row:
            kinds[POLICE if part.words else COURT] += n
    return ", ".join(f"{words[kind]} {n}" for kind, n in kinds.most_common(MOST_KINDS) if n)
