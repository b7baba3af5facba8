"""Long statements that many readers ask alike, put into words once for each kind of reader.

*Today* asks fifty rules at once: 175,000 characters, which took Django 140 ms of each request. What
the words hang on is the kind of reader: the permissions, whether single cases are open, shown or
closed to them, and their zone. What differs is put in at each call: who it is, the ids they reach,
the case, and the day. While the words are made, `Anybody` stands for the reader: it has nothing of
theirs but the permissions, so nothing of theirs can be kept.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.utils import timezone

from core.access import CONTENT, EXISTS, IDENTITY
from core.arrays import NOTHING, Array
from core.days import clock
from core.scopes import Scope, Standing
from core.shortcuts.prepared import ANYBODY

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from core.access import Actor

    Words = tuple[str, tuple[Any, ...]]  # a statement with its parameters
    Reach = dict[tuple[str, Any], list[UUID]]

# Stands for today; a day that lies as far from it in the words lies so far from today when asked.
SOMEDAY = date(5000, 1, 1)
A_CASE = UUID(int=1)
THESE = Array([A_CASE])  # stands for ids that somebody asks for
NAMED_IF_ANY = ("cases", "never")  # what a reader has none of stands in none of their words
MOST = 64  # of some 200 kB each


class KeptStatement:
    """A statement by kinds of readers; `build` makes its words for a reader, a day and a case."""

    every: ClassVar[list[KeptStatement]] = []

    def __init__(self) -> None:
        self._words: OrderedDict[Hashable, Words] = OrderedDict()
        self._lock = Lock()
        self.every.append(self)

    def forget(self) -> None:
        """Rules of access were replaced in a running process, as tests do."""
        self._words.clear()

    def __call__(
        self,
        shape: Hashable,
        build: Callable[[Any, date, Any], Words],
        reader: Actor,
        today: date,
        case: Any = None,
        these: Array = NOTHING,
    ) -> Words:
        """The words for this reader, with `these` for `THESE`; `shape`: what else they hang on."""
        reach = reach_of(reader)
        key = (shape, kind_of(reader, reach), case and kind_in(case, reader))
        words = self._words.get(key)
        if words is None:
            stand = Anybody(reader, reach, case)
            words = build(stand, SOMEDAY, stand.case)
            _must_be_anybodys(words[1], stand)
        self._keep(key, words)
        text, given = words
        theirs: dict[Any, Any] = {ANYBODY: reader.pk, A_CASE: case and case.pk}
        theirs[THESE.text] = these.text
        theirs |= {stand_in(n): Array(ids).text for n, ids in enumerate(reach.values())}
        return text, tuple(_put_in(value, theirs, today) for value in given)

    def rows(
        self, name: Hashable, rows: Callable[[Any], Any], reader: Actor, these: Array = NOTHING
    ) -> list[tuple[Any, ...]]:
        """What a query finds for this reader, in kept words; it names `THESE` for the ids."""

        def build(stand: Any, _today: date, _case: None) -> Words:
            text, given = rows(stand).query.sql_with_params()
            return text, tuple(given)

        return self.fetched(name, build, reader, clock.today(), these=these)

    def fetched(self, *asked: Any, **also: Any) -> list[tuple[Any, ...]]:
        """What is found by the words for this reader."""
        try:
            text, given = self(*asked, **also)
        except EmptyResultSet:  # nothing of it is open to them
            return []
        with connection.cursor() as cursor:
            cursor.execute(text, given)
            return list(cursor.fetchall())

    def _keep(self, key: Hashable, words: Words) -> None:
        """As the latest asked for; other threads of the server do the same."""
        with self._lock:
            self._words[key] = words
            self._words.move_to_end(key)
            if len(self._words) > MOST:
                self._words.popitem(last=False)


def _put_in(value: object, theirs: dict[object, object], today: date) -> object:
    if isinstance(value, date):
        return today + (value - SOMEDAY)
    return theirs.get(value, value) if isinstance(value, UUID | str) else value


def _must_be_anybodys(given: tuple[object, ...], stand: Anybody) -> None:
    """Raises TypeError: an id of somebody, a moment or a fixed day would be kept for all others."""
    known = {ANYBODY, A_CASE, THESE.text, *stand.arrays, NOTHING.text}
    for value in given:
        is_id = isinstance(value, UUID) or (isinstance(value, str) and value.startswith("{"))
        if is_id and value not in known:
            raise TypeError("An id would be kept for all readers.")
        if isinstance(value, datetime) or (
            isinstance(value, date) and abs(value - SOMEDAY) > timedelta(days=36_525)
        ):
            raise TypeError("A moment would be kept until the process ends.")


def reach_of(reader: Any) -> Reach:
    """All that this reader reaches by ids, in one order."""
    scope = reader.scope
    kinds = {"cases": scope.cases, "offices": scope.offices, "shown": scope.shown}
    kinds |= {"never": {"": scope.conflicts}, "team": {"": list(reader.standing.team)}}
    return {(kind, key): of[key] for kind, of in kinds.items() for key in sorted(of)}


def kind_of(reader: Any, reach: Reach) -> Hashable:
    """What makes this reader's words the same as another's."""
    named = tuple(bool(ids) for (kind, _key), ids in reach.items() if kind in NAMED_IF_ANY)
    alone = tuple(map(reader.scope.has_one_office, sorted(reader.scope.offices)))
    zone = timezone.get_current_timezone_name()
    return reader.permissions, tuple(reach), named, alone, zone


def kind_in(case: Any, reader: Any) -> Hashable:
    """The same of a case."""
    levels = tuple(reader.scope.reaches(case, level) for level in (EXISTS, CONTENT, IDENTITY))
    views = frozenset(view for view, ids in reader.scope.shown.items() if case.pk in ids)
    return levels, views, case.pk in reader.scope.conflicts, case.status


def stand_in(number: int) -> str:
    """What stands for an array of ids, as it goes to the database."""
    return Array([UUID(int=2 + number)]).text


class Anybody:
    """Stands for a reader, and for the case they read."""

    pk, is_authenticated = ANYBODY, True

    def __init__(self, reader: Any, reach: Reach, case: Any) -> None:
        self.has_perm = reader.has_perm
        self.arrays = {stand_in(number) for number in range(len(reach))}
        ids: dict[str, dict[Any, list[UUID]]] = {"shown": {}}
        for number, ((kind, key), theirs) in enumerate(reach.items()):
            is_named = theirs or kind not in NAMED_IF_ANY
            ids.setdefault(kind, {})[key] = [UUID(int=2 + number)] if is_named else []
        never = ids["never"][""]
        parts = {name: ids[name] for name in ("offices", "cases", "shown")}
        self.scope = OfAnybody(**parts, conflicts=never, real=reader.scope, about=case)
        self.standing = Standing(dict.fromkeys(ids["team"][""]), {}, never)
        self.case = case and type(case)(pk=A_CASE, status=case.status)


@dataclass(frozen=True)
class OfAnybody(Scope):
    """A scope of ids that stand for others; of the one case it knows what is true of it."""

    real: Scope
    about: Any

    def has_one_office(self, level: int) -> bool:
        return self.real.has_one_office(level)

    def reaches(self, _case: object, level: int) -> bool:
        return self.real.reaches(self.about, level)

    def reads(self, _case: object, view: str, level: int = CONTENT) -> bool:
        return self.real.reads(self.about, view, level)
