"""What every request asks alike, put into words once for a process.

The words are those of the ORM, so a rule is said once; where they name whoever asks stands
`ANYBODY`, for whom the value of a request is put in when it is sent. Nothing of a request is kept,
and no moment: "now" is the database's.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Callable

ANYBODY = UUID(int=0)


class Prepared:
    """A statement about one value; `rows` builds its queryset, once, for whoever stands for it."""

    def __init__(self, rows: Callable[[Any], Any], stands: object = ANYBODY) -> None:
        self._rows, self._stands = rows, stands

    def __call__(self, value: Any) -> list[Any]:
        text, given = self._words
        with connection.cursor() as cursor:
            cursor.execute(text, [value if part == self._stands else part for part in given])
            return list(cursor.fetchall())

    @cached_property
    def _words(self) -> tuple[str, tuple[Any, ...]]:
        text, given = self._rows(self._stands).query.sql_with_params()
        if any(isinstance(value, date) for value in given):
            raise TypeError("A moment would be kept until the process ends: use Now().")
        return text, tuple(given)
