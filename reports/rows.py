"""Rows that several figures count, read once: a column of numbers for each fact of them.

What a figure asks of them is worked out here. The database would read, join and sort all of them
again for each; of a million rows that takes it thirty times as long. What is read, all reports of
a sitting share (`reports/together.py`).
"""

from __future__ import annotations

from array import array
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np

from reports.numbers import Ids
from reports.sets import PACKED, PROGRAMME, conditions, packed_groups, statement_of
from reports.together import once

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import Q
    from django.db.models.expressions import Combinable

    from core.access import ScopedQuerySet
    from reports.params import Params
    from reports.sets import Sets

Column = Any  # an array of numpy
FIRST, NONE = date(2000, 1, 1), -(2**31)  # days are counted from it; of no day
BELOW = 2**32 - 1
NO_KEY, NOTHING = UUID(int=0), np.array([], np.int32)
KEY = f"string_agg(uuid_send(coalesce({{}}, '{NO_KEY}')), '')"
DAY = f"string_agg(int4send(coalesce({{}} - date '{FIRST}', {NONE})), '')"
NUMBER = f"string_agg(int4send(coalesce({{}}, {NONE})), '')"


def read(
    rows: ScopedQuerySet,
    who: str | Combinable,
    /,
    *,
    texts: tuple[str, ...] = (),
    keys: tuple[str, ...] = (),
    days: tuple[str, ...] = (),
    numbers: tuple[str, ...] = (),
    **which: Q,
) -> Rows:
    """The number of `who` in each row, with these texts, keys, days and whole numbers of it, and
    whether these conditions hold."""
    names = (*texts, *keys, *days, *numbers)
    asked = rows.order_by().values_list(*names, who).annotate(**conditions(which))
    bits = " | ".join(f"({name}::int << {place})" for place, name in enumerate(which)) or "0"
    packed = [(KEY, keys), (DAY, days), (NUMBER, numbers)]
    lists = [PACKED, *(how.format(name) for how, some in packed for name in some)]
    statement, params = statement_of(
        asked,
        (*names, "row_id", *which),
        ", ".join((*texts, "number >> 16")),
        [*lists, f"string_agg(int4send({bits}), '')"],
    )
    columns = Columns(texts, keys, (*days, *numbers), tuple(which))
    return once((statement, str(params)), lambda: columns.of(packed_groups(statement, params)))


class Columns:
    """What is told of each row, in the order in which the database tells it."""

    def __init__(
        self,
        texts: tuple[str, ...],
        keys: tuple[str, ...],
        numbers: tuple[str, ...],
        which: tuple[str, ...],
    ) -> None:
        self._texts, self._keys, self._numbers, self._which = texts, keys, numbers, which
        self._words: dict[str, dict[Any, int]] = {name: {} for name in (*texts, *keys)}

    def of(self, groups: Iterable[tuple[Any, ...]]) -> Rows:
        parts = [self._part(*group) for group in groups]
        names = ("who", *self._words, *self._numbers, *self._which)
        columns = {
            name: np.concatenate([part.pop(name) for part in parts] or [NOTHING]) for name in names
        }
        words = {name: list(known) for name, known in self._words.items()}
        return Rows(columns, words)

    def _part(self, *group: Any) -> dict[str, Column]:
        """The rows of which these texts are told."""
        words, packed = group[: len(self._texts)], list(group[len(self._texts) + 1 :])
        part = {"who": _numbers(packed.pop(0)).astype(np.uint32)}
        for name, text in zip(self._texts, words, strict=True):
            part[name] = _small(np.full(len(part["who"]), self._place(name, text)))
        for name in self._keys:
            part[name] = self._places(name, packed.pop(0))
        for name in self._numbers:
            part[name] = _numbers(packed.pop(0))
        bits = _numbers(packed.pop(0))
        return part | {
            name: (bits >> place & 1).astype(bool) for place, name in enumerate(self._which)
        }

    def _place(self, name: str, word: Any) -> int:
        known = self._words[name]
        return known.setdefault(word, len(known))

    def _places(self, name: str, packed: Any) -> Column:
        """Keys by their place among those that are known; the same ones are found by a mixture of
        their halves."""
        keys = bytes(packed)
        halves = np.frombuffer(keys, ">u8").astype(np.uint64).reshape(-1, 2)
        mixed = halves[:, 0] * np.uint64(0x9E3779B97F4A7C15) ^ halves[:, 1]
        _mixed, first, of = np.unique(mixed, return_index=True, return_inverse=True)
        if (halves[first][of] != halves).any():  # two keys have the same mixture
            _both, first, of = np.unique(halves, axis=0, return_index=True, return_inverse=True)
        each = [UUID(bytes=keys[16 * at : 16 * at + 16]) for at in first]
        known = [self._place(name, None if key == NO_KEY else key) for key in each]
        return _small(np.array(known))[of]


class Rows:
    """Columns of the same rows. A text or key stands for its place among the `words`."""

    def __init__(self, columns: dict[str, Column], words: dict[str, list[Any]]) -> None:
        self.who = columns["who"]
        self._columns, self._words = columns, words

    @property
    def nbytes(self) -> int:
        return sum(column.nbytes for column in self._columns.values())

    def __getitem__(self, condition: str) -> Column:
        """In which rows it holds."""
        return self._columns[condition]

    @property
    def every(self) -> Column:
        return np.ones(len(self.who), bool)

    def said(self, text: str, *words: Any) -> Column:
        """The rows with one of these words, or keys."""
        known = self._words[text]
        return np.isin(self._columns[text], [known.index(w) for w in words if w in known])

    def during(self, params: Params, *days: str) -> Column:
        """The rows dated in the period: by the first of these days that each of them has."""
        return self.between(params.start, params.until, *days)

    def between(self, first: date | None, last: date, *days: str) -> Column:
        day = self._columns[days[0]]
        for other in days[1:]:
            day = np.where(day == NONE, self._columns[other], day)
        begun = day > NONE if first is None else day >= (first - FIRST).days
        return begun & (day <= (last - FIRST).days)

    def by_any(self, last: date, *days: str) -> Column:
        """The rows of which one of these days had come."""
        return np.logical_or.reduce([self.between(None, last, day) for day in days])

    def gather(self, place: str, /, **which: Column) -> Sets:
        """As `gather` of `reports/sets.py`: who is in a row of which a condition holds, by place
        and programme."""
        cells = self._cells(place)
        return {
            name: {self._cell(place, of): ids for of, ids in _apart(cells[rows], self.who[rows])}
            for name, rows in which.items()
        }

    def _cells(self, place: str) -> Column:
        places = self._columns[place].astype(np.int64)
        return places * len(self._words[PROGRAMME]) + self._columns[PROGRAMME]

    def _cell(self, place: str, of: int) -> tuple[Any, str]:
        leaf, programme = divmod(of, len(self._words[PROGRAMME]))
        return self._words[place][leaf], self._words[PROGRAMME][programme]

    def paired(self, place: str, number: str, rows: Column) -> dict[Any, bytes]:
        """By place and programme a number of each of these rows, with who is in it below its 32
        bits."""
        cells, both = self._cells(place)[rows], self._columns[number][rows].astype(np.int64) << 32
        both |= self.who[rows]
        order = np.argsort(cells, kind="stable")
        return {
            self._cell(place, of): some.tobytes() for of, some in _groups(cells[order], both[order])
        }

    def sets(self, **which: Column) -> dict[str, Ids]:
        """The same, wherever they are."""
        return {name: ids_of(self.who[rows]) for name, rows in which.items()}

    def by(self, name: str, *, without: object = None) -> dict[Any, Ids]:
        """Who is in a row with this text or number, by it; without those of which it says this."""
        words = self._words.get(name)
        by = {words[of] if words else of: ids for of, ids in _apart(self._columns[name], self.who)}
        by.pop(NONE, None)
        by.pop(without, None)
        return by

    def by_month(self, day: str, rows: Column) -> Iterator[tuple[date, Ids]]:
        """Who is in these rows, by the month of a day that each of them has."""
        days = self._columns[day][rows] + (FIRST - date(1970, 1, 1)).days
        months = days.astype("M8[D]").astype("M8[M]")
        for month, ids in _apart(months.astype(int), self.who[rows]):
            yield np.datetime64(month, "M").astype(object), ids


def _apart(of: Column, who: Column) -> Iterator[tuple[int, Ids]]:
    """By a number of each row: who is in the rows with it."""
    both = np.sort(of.astype(np.int64) << 32 | who)
    for number, some in _groups(both >> 32, (both & BELOW).astype(np.uint32)):
        yield number, _packed(some)


def _groups(of: Column, what: Column) -> Iterator[tuple[int, Column]]:
    """What stands beside each number, where these are in order."""
    bounds = [0, *(np.flatnonzero(np.diff(of)) + 1).tolist(), len(of)]
    for first, end in pairwise(bounds):
        if first < end:
            yield int(of[first]), what[first:end]


def _small(places: Column) -> Column:
    """In as few bytes as there are words."""
    return places.astype(np.min_scalar_type(places.max(initial=0)))


def ids_of(who: Column) -> Ids:
    return _packed(np.sort(who))


def _packed(who: Column) -> Ids:
    """In order they are packed three times as fast."""
    values = array("I")
    values.frombytes(who.tobytes())
    return Ids(values)


def _numbers(packed: Any) -> Column:
    return np.frombuffer(packed, ">i4").astype(np.int32)
