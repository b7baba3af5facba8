"""Which cells of a table stay hidden, so that nobody can work out a count from 1 to 10.

First every count from 1 to 10 is hidden. Then others, the smallest first, until the exact interval
of every hidden count (`bounds`) is at least K wide, given everything that is shown, here and in
every earlier release, and that a hidden count is at least 1, because noughts are shown. An interval
that wide always reaches past 10: nobody can tell that the count is a small one. Where no cell is
left to hide but the totals, the table cannot be made safe: its groups have to be merged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reports.disclosure import K, hidden
from reports.publishing.bounds import narrow, parts
from reports.publishing.grid import Key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from reports.publishing.grid import Grid


@dataclass(frozen=True)
class Safe:
    """What is hidden of a table; `open` are the counts that could still be worked out."""

    hidden: frozenset[Key]
    open: frozenset[Any]


def make_safe(grid: Grid, hidden_before: Collection[Key] = ()) -> Safe:
    """Hide as little as the smallest-first rule needs. `hidden_before`: in earlier releases."""
    mine = {key for key, value in grid.values.items() if not key.table and hidden(value)}
    closed: set[frozenset[Any]] = set()  # groups in which nothing can be worked out
    while True:
        found = False
        for names, equations in parts(unknown(grid, mine, hidden_before), grid.equations):
            group = frozenset(names)
            if group in closed:
                continue
            truth = {name: value_of(grid, name) for name in names}
            least = {name: int(isinstance(name, Key)) for name in names}
            watched = {name for name in names if name in mine or hidden(truth[name])}
            open_ = frozenset(narrow(truth, least, equations, watched, K))
            if not open_:
                closed.add(group)
                continue
            found, chosen = True, _nearest(grid, mine, open_, group, hidden_before)
            if chosen is None:
                return Safe(frozenset(mine), open_)
            mine.add(chosen)
        if not found:
            return Safe(frozenset(mine), frozenset())


def unknown(grid: Grid, mine: Collection[Key], hidden_before: Collection[Key]) -> dict[Any, None]:
    """Everything nobody is shown, in a fixed order."""
    return dict.fromkeys([*sorted(mine), *sorted(hidden_before), *grid.rests])


def value_of(grid: Grid, name: Any) -> int:
    return grid.values[name] if isinstance(name, Key) else grid.rests[name]


def _nearest(
    grid: Grid,
    mine: Collection[Key],
    open_: Collection[Any],
    names: Collection[Any],
    hidden_before: Collection[Key],
) -> Key | None:
    """The smallest shown count of this table, as near as can be to one that is not safe."""
    reached, seen = set(open_), set(open_)
    while reached:
        ring = [e for e in grid.equations if not reached.isdisjoint(e)]
        met = {name for equation in ring for name in equation} - seen
        free = [key for key in met if _may_hide(grid, key, mine, hidden_before)]
        if free:
            return min(free, key=lambda key: (key in grid.tops, grid.values[key], key))
        seen |= met
        reached = {name for name in met if name in names}
    return None


def _may_hide(grid: Grid, key: Any, mine: Collection[Key], hidden_before: Collection[Key]) -> bool:
    """A count of this table that is shown, and does not stay shown under another name."""
    if not isinstance(key, Key) or key.table or key in mine or grid.values[key] < K:
        return False
    twins = grid.twins(key)
    before = {twin for twin in twins if twin.table}
    return twins.isdisjoint(grid.totals) and before <= set(hidden_before)


def groups(open_: Collection[Any], equations: list[dict[Any, int]]) -> Iterator[str]:
    """The rows to be merged: of the counts that are not safe, and of those they follow from."""
    rows = {name.row for name in open_ if isinstance(name, Key) and not name.table}
    if not rows:
        for equation in equations:
            if not set(open_).isdisjoint(equation):
                rows |= {n.row for n in equation if isinstance(n, Key) and not n.table}
    yield from sorted(rows)
