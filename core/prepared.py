"""What every request asks alike, put into words once for a process.

The words are those of the ORM, so a rule is said once; where they name whoever asks stands
`ANYBODY`, for whom the value of a request is put in when it is sent. Nothing of a request is kept,
and no moment: "now" is the database's.
"""

from __future__ import annotations

from copy import copy
from datetime import date
from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models.query import ModelIterable

from core.bare import BareRows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

ANYBODY = UUID(int=0)


class Prepared:
    """A statement about one value; `rows` builds its queryset, once, for whoever stands for it."""

    def __init__(self, rows: Callable[[Any], Any], stands: Any = ANYBODY) -> None:
        self._rows, self._stands = rows, stands

    def __call__(self, value: Any) -> list[Any]:
        text, given = self._words
        with connection.cursor() as cursor:
            cursor.execute(text, [value if one == self._stands else one for one in given])
            return list(cursor.fetchall())

    @cached_property
    def _words(self) -> tuple[str, tuple[Any, ...]]:
        text, given = self._rows(self._stands).query.sql_with_params()
        if any(isinstance(one, date) for one in given):
            raise TypeError("A moment would be kept until the process ends: use Now().")
        return text, tuple(given)


class PreparedRows:
    """Rows as the ORM makes them of a queryset, whose words are found once. Its values are names,
    for which others are put in each time; any other value but a number is refused."""

    def __init__(self, rows: Any, names: Iterable[str]) -> None:
        self._model, self._made = rows.model, rows._iterable_class
        self._compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        self._text, self._given = self._compiler.as_sql()
        strange = [one for one in self._given if not isinstance(one, int) and one not in names]
        alike = self._made is ModelIterable or isinstance(self._made, BareRows)
        if strange or rows._prefetch_related_lookups or not alike:
            raise TypeError("This statement is not the same for everybody.")

    def __call__(self, values: Mapping[str, str]) -> list[Any]:
        given = tuple(values.get(one, one) for one in self._given)
        if isinstance(self._made, BareRows):  # these need no compiler
            with connection.cursor() as cursor:
                cursor.execute(self._text, given)
                return list(self._made.rows(self._model, cursor.fetchall()))
        compiler = copy(self._compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.as_sql = lambda *_, **__: (self._text, given)
        query = SimpleNamespace(get_compiler=lambda **_using: compiler)
        asked: Any = SimpleNamespace(db=DEFAULT_DB_ALIAS, query=query, _known_related_objects={})
        return list(ModelIterable(asked))
