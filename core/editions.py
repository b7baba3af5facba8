"""Rows that a process reads once, and keeps until they change.

What ships needs no row. That somebody says otherwise is learned with the statement that opens each
transaction (`core.context`): it names the edition of the rows, nothing while all is as it ships. So
no page asks one statement more, and no process goes by what was.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
EDITIONS: list[Edition[object]] = []


class Edition(Generic[T]):
    """`asked`: the SQL that names the edition; `read`: what the rows say, with what ships."""

    def __init__(self, name: str, asked: str, read: Callable[[], T], shipped: T) -> None:
        self.asked, self.read, self.shipped = asked, read, shipped
        self.now: ContextVar[T] = ContextVar(name, default=shipped)
        self._kept: dict[str, T] = {}  # of this process, by edition: the last one
        EDITIONS.append(self)  # type: ignore[arg-type]

    def adopt(self, edition: str | None) -> None:
        """Go by the rows of this edition, as the database just named it."""
        if edition is None:
            self.now.set(self.shipped)
            return
        if edition not in self._kept:
            kept = self.read()
            self._kept.clear()
            self._kept[edition] = kept
        self.now.set(self._kept[edition])
