"""Sets of ids by place and programme: one query gathers them, the tree of places rolls them up.

An id is the number of a row (`reports/numbers.py`). No query brings keys to Python: the database
puts the numbers in their place, packs them, and hands them over group by group.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, Q, When

from places.models import JurisdictionClosure
from reports.numbers import Ids, numbered, union, unpacked
from reports.together import is_alone, once

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from django.db.models.expressions import Combinable
    from django.db.models.functions import Coalesce

    from core.access import ScopedQuerySet
    from reports.params import Params

Cell = tuple[str, str | None]  # code of the place, programme (None: all)
Sets = dict[str, dict[tuple[Any, str], Any]]  # name -> (leaf place, programme) -> ids

EVERY, NEVER = Q(pk__isnull=False), Q(pk__isnull=True)
PROGRAMME = "case__programme"
ROWS, GROUPS = 2000, 20  # that one answer of the database holds
PACKED = "string_agg(int4send(number), '')"


def gather(
    rows: ScopedQuerySet, place: str, who: str | Coalesce, programme: str = PROGRAMME, /, **which: Q
) -> Sets:
    """One query: the distinct `who` per place and programme, for each named condition.

    Whoever is in several rows is packed as often, and counted once: to group by person before
    costs more than all else.
    """
    persons = rows.order_by().values_list(place, programme, who).annotate(**conditions(which))
    columns, lists = ("leaf", "programme", "row_id", *which), lists_of(which)
    sets: Sets = {name: {} for name in which}
    for leaf, of, *packed in grouped(persons, columns, "leaf, programme", lists):
        for name, some in zip(which, packed, strict=True):
            if some:
                sets[name][leaf, of] = unpacked(some)
    return sets


def sets_of(rows: ScopedQuerySet, who: str | Combinable, /, **which: Q) -> dict[str, Ids]:
    """The same, wherever they are."""
    persons = rows.order_by().values_list(who).annotate(**conditions(which))
    sets = {name: Ids() for name in which}
    for _part, *packed in grouped(persons, ("row_id", *which), "number >> 16", lists_of(which)):
        for name, some in zip(which, packed, strict=True):
            sets[name] |= unpacked(some)
    return sets


def numbers(rows: ScopedQuerySet, who: Coalesce | str = "pk") -> Ids:
    """The distinct `who` of these rows."""
    asked = rows.order_by().values_list(who).distinct()
    some = grouped(asked, ("row_id",), "number >> 16", [PACKED])
    return union(unpacked(packed) for _part, packed in some)


def row_by_row(
    rows: Any, who: Any, *columns: Any, also: int = 0, in_order: bool = False
) -> Iterator[tuple[Any, ...]]:
    """The rows one by one: `who` as a number, then these columns.

    `also`: the place of one more row among the columns, told by its number, too. `in_order`: of the
    numbers; else in none.
    """
    inner, params, keys = _sql(rows.order_by().values_list(who, *columns))
    if not inner:
        return
    names = ["row_id", *(f"column_{place}" for place in range(1, len(columns) + 1))]
    fields = ["known.number", *names[1:]]
    joined = [numbered("known", "row_id", keys[0])]
    if also:
        fields[also] = "other.number"
        joined.append(numbered("other", names[also], keys[also]))
    statement = (
        f"select {', '.join(fields)} from ({inner}) each ({', '.join(names)})"  # noqa: S608 - as below
        f" {' '.join(joined)}{' order by known.number' if in_order else ''}"
    )
    for row in _read(statement, params, ROWS):
        if row[0] is None:
            raise Unnumbered(1)
        yield row


class FactByRow:
    """A fact of each row, looked up row by row in the order of their numbers: nothing is held."""

    def __init__(self, facts: Iterator[tuple[Any, ...]]) -> None:
        self._facts, self._next = facts, next(facts, None)

    def of(self, number: int) -> Any:
        """None where there is no fact of it. Asked for one number, it forgets the lower ones."""
        return self._next[1] if self._is_next(number) and self._next else None

    def every(self, number: int) -> list[tuple[Any, ...]]:
        """All facts of it, once; without the number."""
        facts = []
        while self._is_next(number) and self._next:
            facts.append(self._next[1:])
            self._next = next(self._facts, None)
        return facts

    def _is_next(self, number: int) -> bool:
        while self._next is not None and self._next[0] < number:
            self._next = next(self._facts, None)
        return self._next is not None and self._next[0] == number


def grouped(
    rows: Any, columns: Iterable[str], by: str, lists: Iterable[str]
) -> Iterable[tuple[Any, ...]]:
    """The packed numbers of each group, kept where the report is asked the same again: for a whole
    sitting they would take too much room."""
    statement, params = statement_of(rows, columns, by, lists)
    if is_alone():
        return packed_groups(statement, params)
    key = (statement, str(params))
    return once(key, lambda: list(packed_groups(statement, params)), by_report=True)


def statement_of(
    rows: Any, columns: Iterable[str], by: str, lists: Iterable[str]
) -> tuple[str, Any]:
    """What `packed_groups` reads. Names come from this code; every value is a parameter."""
    columns = list(columns)
    inner, params, keys = _sql(rows)
    if not inner:
        return "", ()
    joined = numbered("known", "row_id", keys[columns.index("row_id")])
    every = "count(*) filter (where number is null)"
    statement = (
        f"select {every}, {by}, {', '.join(lists)} from ({inner}) each ({', '.join(columns)})"  # noqa: S608
        f" {joined} group by {by}"
    )
    return statement, params


def packed_groups(statement: str, params: Any) -> Iterator[tuple[Any, ...]]:
    """Group by group; none where the conditions cannot be met."""
    for unknown, *group in _read(statement, params, GROUPS) if statement else ():
        if unknown:
            raise Unnumbered(unknown)
        yield tuple(group)


class Unnumbered(Exception):
    """Rows were written past the triggers that number them: `migrate` numbers them."""


def lists_of(which: Iterable[str]) -> list[str]:
    return [f"{PACKED} filter (where {name})" for name in which]


def conditions(which: Mapping[str, Q]) -> dict[str, Any]:
    return {name: Case(When(only, then=True), default=False) for name, only in which.items()}


def _sql(rows: ScopedQuerySet) -> tuple[Any, Any, list[Any]]:
    """The statement, its parameters, and the field of each column. Nothing where the conditions
    cannot be met."""
    compiler = rows.query.get_compiler(connection=connection)
    try:
        inner, params = compiler.as_sql()
    except EmptyResultSet:
        return "", (), []
    return inner, params, [column.output_field for column, _sql, _alias in compiler.select]


def _read(statement: str, params: Any, many: int) -> Iterator[tuple[Any, ...]]:
    """Row by row through a cursor of the server: it holds the answer, not this process."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, params)
        while some := cursor.fetchmany(many):
            yield from some


def among(leaves: Mapping[Any, Ids], some: Ids) -> dict[Any, Ids]:
    """Of these persons, leaf by leaf, those who are among some others."""
    return {leaf: ids & some for leaf, ids in leaves.items()}


def of_programme(rows: ScopedQuerySet, params: Params, programme: str = PROGRAMME) -> Any:
    """The rows of the programme asked for. A report by place leaves out the others in any case
    (`Cells`); so it need not read them."""
    return rows.filter(**{programme: params.programme}) if params.programme else rows


def within(rows: ScopedQuerySet, params: Params, place: str, programme: str = PROGRAMME) -> Any:
    """The rows of the place and programme asked for; for reports that are not by place."""
    rows = of_programme(rows, params, programme)
    if params.jurisdiction:
        rows = rows.filter(**{f"{place}__ancestor_links__ancestor__code": params.jurisdiction})
    return rows


class Cells:
    """Every place and programme with anybody in it, from leaf places to all above them; per
    programme and for all of them.

    Who is in one is put together when it is asked for: all at once would hold everybody again for
    each place above them.
    """

    def __init__(self, sets: Sets, params: Params) -> None:
        above: dict[Any, list[str]] = defaultdict(list)
        for leaf, code in JurisdictionClosure.objects.values_list("descendant", "ancestor__code"):
            above[leaf].append(code)
        only = params.programme
        asked = {
            pair: None
            for leaves in sets.values()
            for pair, ids in leaves.items()
            if ids and (not only or pair[1] == only)
        }
        places = {pair: place for place, pair in enumerate(asked)}  # small numbers are found fast
        self._sets = {
            name: {places[pair]: ids for pair, ids in leaves.items() if pair in places}
            for name, leaves in sets.items()
        }
        self._within: dict[Cell, list[int]] = defaultdict(list)
        for (leaf, programme), place in places.items():
            for code in above[leaf]:
                for key in _keys(code, programme, params):
                    self._within[key].append(place)

    def __iter__(self) -> Iterator[Cell]:
        return iter(self._within)

    def __getitem__(self, key: Cell) -> dict[str, Ids]:
        within = self._within[key]
        return {
            name: _together([leaves[place] for place in within if place in leaves])
            for name, leaves in self._sets.items()
        }

    def by_place(self) -> dict[str, list[Cell]]:
        """All of them, by the code of the place; of each first the one of all programmes."""
        cells: dict[str, list[Cell]] = defaultdict(list)
        for key in sorted(self._within, key=lambda key: (key[1] is not None, key[1] or "")):
            cells[key[0]].append(key)
        return cells


def _together(parts: list[Any]) -> Any:
    """Numbers, packed facts or sums, as a report finds them in a place."""
    if len(parts) == 1:
        return parts[0]
    if parts and isinstance(parts[0], bytes):
        return b"".join(parts)
    if parts and isinstance(parts[0], Counter):
        return sum(parts, Counter())
    return union(parts)


def _keys(code: str, programme: str, params: Params) -> list[Cell]:
    """Asked for one programme, there is no row for all of them."""
    return [(code, programme)] if params.programme else [(code, None), (code, programme)]
