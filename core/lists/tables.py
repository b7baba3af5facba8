"""What the page of a list shows of each row, said once beside the list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_stubs_ext import StrOrPromise

    from core.access import Actor, ScopedQuerySet
    from core.lists.declared import List


@dataclass(frozen=True)
class Column:
    """What a page shows of each row. `order`: the name of the order of the list by it; `needs`: the
    permission without which nobody is shown it."""

    name: str
    label: StrOrPromise
    order: str = ""
    needs: str = ""
    figures: bool = False


class Table:
    """A list as a page shows it: its columns, of which the first is always there, and how many rows
    are said. One with a `name` can be looked at in several ways (`accounts/list_views.py`). `rows`:
    what the page begins with, where it adds itself what the list adds to each row. `filled_by`: the
    permissions that add rows, so that an empty list says who can; none of what nobody adds."""

    def __init__(
        self,
        listed: List[Any],
        *columns: Column,
        counted: Callable[[int], str],
        name: str = "",
        filled_by: tuple[str, ...] = (),
        rows: ScopedQuerySet | None = None,
    ) -> None:
        self.listed, self.columns, self.counted, self.name = listed, columns, counted, name
        self.filled_by, self._rows = filled_by, rows
        TABLES.append(self)

    def reach(self, reader: Actor) -> ScopedQuerySet:
        if self._rows is not None:
            return self._rows.visible_to(reader)
        rows: ScopedQuerySet = self.listed.reach(reader)
        return rows

    def columns_for(self, reader: Actor) -> list[Column]:
        return [
            column for column in self.columns if not column.needs or reader.has_perm(column.needs)
        ]


TABLES: list[Table] = []
