"""Lines of CSV that somebody pastes or sends: read with every fault and its line, or not at all."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, TypeVar

from django.utils.translation import gettext as _

from core.services import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

T = TypeVar("T")
MOST, MOST_FAULTS = 2000, 50
MOST_BYTES = 500_000


class NotASheet(ValueError):
    """What cannot be read, line by line."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(" ".join(lines))
        self.lines = lines


def read_each(
    text: str,
    *,
    needed: Collection[str],
    columns: Collection[str],
    taken: Callable[[dict[str, str]], T],
) -> list[T]:
    """What `taken` makes of each line; it raises `Refused` or `ValueError` in words.

    Raises `NotASheet` with the words for every line that is wrong.
    """
    names, rows = _lines(text, needed, columns)
    entries, faults = [], []
    for line, row in rows:
        try:
            entries.append(taken(_given(names, row)))
        except Refused as exc:
            words = f"{exc.field}: {exc}" if exc.field else str(exc)
            faults.append(_("Line %(line)s: %(words)s") % {"line": line, "words": words})
        except ValueError as exc:
            faults.append(_("Line %(line)s: %(words)s") % {"line": line, "words": exc})
    if faults:
        raise NotASheet(_cut(faults))
    return entries


def _lines(
    text: str, needed: Collection[str], columns: Collection[str]
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The names of the columns, and every other line with its number."""
    lines = csv.reader(io.StringIO(text.strip(), newline=""), strict=True)
    try:
        entries = [(lines.line_num, row) for row in lines if any(map(str.strip, row))]
    except csv.Error:
        words = _("Line %(line)s: this is not CSV. Look for a quotation mark that is not closed.")
        raise NotASheet([words % {"line": lines.line_num}]) from None
    if not entries:
        raise NotASheet([_("The file has no lines.")])
    (_number, head), *rows = entries
    names = [name.strip().lower() for name in head]
    if faults := list(_head_faults(names, needed, columns)):
        raise NotASheet(faults)
    if not rows:
        raise NotASheet([_("The file has no lines below the first.")])
    if len(rows) > MOST:
        raise NotASheet([_("At most %(most)s lines at once.") % {"most": MOST}])
    return names, rows


def _given(names: list[str], row: list[str]) -> dict[str, str]:
    if len(row) != len(names):
        raise ValueError(
            _("%(found)s values, %(wanted)s columns.") % {"found": len(row), "wanted": len(names)}
        )
    return {name: value.strip() for name, value in zip(names, row, strict=True)}


def _cut(faults: list[str]) -> list[str]:
    more = len(faults) - MOST_FAULTS
    if more <= 0:
        return faults
    return [*faults[:MOST_FAULTS], _("And %(more)s more lines.") % {"more": more}]


def _head_faults(
    names: list[str], needed: Collection[str], columns: Collection[str]
) -> Iterator[str]:
    for name in needed:
        if name not in names:
            yield _("The first line does not name the column %(name)s.") % {"name": name}
    for name in dict.fromkeys(names):
        if name not in columns:
            yield _("There is no column %(name)s.") % {"name": name[:40] or "–"}
        elif names.count(name) > 1:
            yield _("The column %(name)s is listed twice.") % {"name": name}
