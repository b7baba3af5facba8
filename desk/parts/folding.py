"""Pages of a case with many survivors have a bounded height: whoever is in danger or has something
due stands first and in full, the others in compact tables, folded by group.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

FEW = 12  # as many stand in full, whatever is due
MOST = 8  # of more, as many of those who come first
Row = TypeVar("Row")


@dataclass(frozen=True)
class Cell:
    """Words, as a tag where they have a tone."""

    words: str
    tone: str | None = None


@dataclass(frozen=True)
class Line:
    """One survivor in a table; without a code where it is not open to the reader."""

    group: object  # by its code: two may have the same words in some language
    named: str  # the group, in words
    code: str
    label: str
    url: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Group:
    label: str
    lines: list[Line]


def first_and_rest(rows: list[Row], is_first: Callable[[Row], bool]) -> tuple[list[Row], list[Row]]:
    """Who is shown in full, and who is folded away; both in the order of the rows."""
    if len(rows) <= FEW:
        return rows, []
    first = [n for n, row in enumerate(rows) if is_first(row)][:MOST]
    return [rows[n] for n in first], [row for n, row in enumerate(rows) if n not in first]


@dataclass(frozen=True)
class Folded:
    """Tables of one shape; `heads`: what the cells are."""

    heads: tuple[str, ...]
    groups: list[Group]


def folded(lines: Iterable[Line], *heads: str) -> Folded:
    """By their group, the largest first."""
    by_group: defaultdict[object, list[Line]] = defaultdict(list)
    for line in lines:
        by_group[line.group].append(line)
    groups = [Group(of[0].named, of) for of in by_group.values()]
    return Folded(heads, sorted(groups, key=lambda group: (-len(group.lines), group.label)))
