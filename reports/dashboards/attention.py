"""What stands out on a dashboard and wants somebody: a table to decide on, a rate that fell, work
that stays undone. Figures that are hidden from the reader, or too few for a rate, say nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.permissions import Perm
from reports.publishing.models import ReleaseProposal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from accounts.models import User

    Tile = Mapping[str, Any]  # as `tiles.py` tells it

FELL = -5  # points from one whole year to the next


@dataclass(frozen=True)
class Line:
    """One thing, in words, and where it is looked into."""

    words: str
    url: str
    tone: str = "warn"


def attention(
    tiles: Sequence[Tile], watched: Sequence[Tile], query: str, reader: User
) -> list[Line]:
    """`watched`: further figures, said only where there is something to count; `query`: the
    filters of the page, which the report of a figure is asked with, too."""
    lines = [*_to_decide(reader)]
    for tile in tiles:
        change = tile.get("change")
        if change and change["counted_in"] == "points" and change["by"] <= FELL:
            text = _("%(label)s: %(by)s points from %(before)s to %(year)s")
            words = {"by": change["signed"], "label": tile["label"]}
            words |= {"before": change["before"], "year": change["year"]}
            lines.append(Line(text % words, _report(tile, query)))
    for tile in watched:
        cell = tile.get("cell")
        count = tile.get("k") if cell and cell["kind"] == "figure" else cell and cell.get("value")
        if cell and cell["kind"] != "hidden" and count:
            text = _("%(label)s: %(count)s") % {"label": tile["label"], "count": count}
            lines.append(Line(text, _report(tile, query)))
    return lines


def _report(tile: Tile, query: str) -> str:
    return f"{reverse('reports:report', args=[tile['report'].slug])}{query}"


def _to_decide(reader: User) -> list[Line]:
    """Tables that somebody else asked to release."""
    if not reader.has_perm(Perm.RELEASE_DECIDE):
        return []
    waiting = ReleaseProposal.objects.visible_to(reader).filter(outcome="")
    count = waiting.exclude(proposed_by=reader).count()
    if not count:
        return []
    words = ngettext(
        "%(count)s table waits to be released or refused",
        "%(count)s tables wait to be released or refused",
        count,
    )
    return [Line(words % {"count": count}, reverse("reports:releases"), "danger")]
