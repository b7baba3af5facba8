"""k-anonymity by leaving out: whatever stands in a line stands so in at least k lines.

So no question asked of the file, whatever it filters by, is answered by fewer than k persons
except by none.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Line = dict[str, str]


def anonymous(lines: Sequence[Line], blanked_first: Sequence[str], k: int) -> list[Line]:
    """The lines with cells emptied, column by column, where their combination is too rare.

    Who would still be among fewer than k is left out whole. Sorted, so that the order of the
    file says nothing of the order of the records.
    """
    names = sorted(blanked_first)
    rows = [dict(line) for line in lines]
    for name in blanked_first:
        many = Counter(_key(line, names) for line in rows)
        for line in rows:
            if many[_key(line, names)] < k:
                line[name] = ""
    many = Counter(_key(line, names) for line in rows)
    kept = [line for line in rows if many[_key(line, names)] >= k]
    return sorted(kept, key=lambda line: _key(line, names))


def _key(line: Line, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(line[name] for name in names)
