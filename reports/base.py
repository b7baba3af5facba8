"""A report is one class: it declares itself and is published as page, endpoint, CSV, command, tile.

A report by jurisdiction answers with *sets of people (or events) per place and programme*; this
module rolls them up the tree of places. A row counts the union of its node, so that nobody is
counted twice and a parent is at most the sum of its children.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.postgres.aggregates import BoolOr
from django.db import connection
from django.db.models import Case, Q, When

from places.models import Jurisdiction, JurisdictionClosure
from reports.statistics import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import Promise

    from reports.params import Params

Ids = set[Any]
Cell = tuple[str, str | None]  # code of the place, programme (None: all)
Sets = dict[str, dict[tuple[Any, str], Ids]]  # name -> (leaf place, programme) -> ids

REPORTS: dict[str, Report] = {}


@dataclass(frozen=True)
class Column:
    name: str
    label: str | Promise
    survivors: bool = False  # counts survivors: hidden below K from readers without row rights


@dataclass
class Result:
    """The rows of a report, and behind each cell the sorted ids of k and n."""

    rows: list[dict[str, Any]]
    behind: dict[str, dict[str, list[str]]] = field(default_factory=dict)


class Report:
    """Subclass and set the class attributes: that publishes it."""

    slug: ClassVar[str] = ""
    version: ClassVar[int] = 1
    title: ClassVar[str | Promise]
    definition: ClassVar[str | Promise]
    unit: ClassVar[str | Promise]
    columns: ClassVar[tuple[Column, ...]] = ()
    people: ClassVar[str]  # the model whose ids stand behind k and n

    def __init_subclass__(cls) -> None:
        if cls.slug:
            REPORTS[cls.slug] = cls()

    def sets(self, reader: Any, params: Params) -> Sets:
        """The ids per place and programme, as few queries as can be."""
        raise NotImplementedError

    def row(self, at: Mapping[str, Ids]) -> dict[str, Any]:
        """The figures of one cell, from its sets; must hold k and n where it is a rate."""
        raise NotImplementedError

    def compute(self, reader: Any, params: Params) -> Result:
        """Every jurisdiction with data, or the named one and its direct children."""
        cells = roll_up(self.sets(reader, params), params)
        result = Result([])
        for place in _places(params, {code for code, _programme in cells}):
            keys = sorted((key for key in cells if key[0] == place.code), key=_all_first)
            for key in keys:
                figures = self.row(cells[key])
                if any(figures[column.name] for column in self.columns):
                    self._add(result, place, key, figures, cells[key])
        return result

    def _add(
        self,
        result: Result,
        place: Jurisdiction,
        key: Cell,
        figures: dict[str, Any],
        at: Mapping[str, Ids],
    ) -> None:
        where = {"code": place.code, "name": place.name, "level": place.level}
        result.rows.append({"jurisdiction": where, "programme": key[1]} | figures)
        result.behind[cell_key(*key)] = {
            name: sorted(ids) for name, ids in self.members(at).items()
        }

    def members(self, at: Mapping[str, Ids]) -> dict[str, Ids]:
        """The ids behind k and n of a cell."""
        raise NotImplementedError


DEPTHS = {"country": 0, "state": 1, "district": 2, "city": 3}


def _all_first(key: Cell) -> tuple[bool, str]:
    return (key[1] is not None, key[1] or "")


def cell_key(code: str, programme: str | None) -> str:
    return f"{code}|{programme or ''}"


def rate(k: int, n: int) -> dict[str, Any]:
    """k of n as a share with its Wilson 95 % interval; nothing of nothing has none."""
    interval = wilson(k, n)
    return {
        "k": k,
        "n": n,
        "rate": k / n if n else None,
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
    }


def gather(rows: Any, place: str, who: Any, **which: Q) -> Sets:
    """One query: the distinct `who` per place and programme, for each named condition.

    First what is true of each person there, then who they are: no aggregate has to sort.
    """
    conditions = {
        name: BoolOr(Case(When(only, then=True), default=False)) for name, only in which.items()
    }
    persons = rows.order_by().values_list(place, "case__programme", who).annotate(**conditions)
    inner, params = persons.query.sql_with_params()
    lists = ", ".join(f"array_agg(person::text) filter (where {name})" for name in which)
    columns = ", ".join(("leaf", "programme", "person", *which))
    found: Sets = {name: {} for name in which}
    # Names of sets come from this code; every value stays a parameter.
    statement = f"select leaf, programme, {lists} from ({inner}) each ({columns}) group by 1, 2"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        for leaf, programme, *ids in cursor.fetchall():
            for name, some in zip(which, ids, strict=True):
                found[name][leaf, programme] = set(some or ())
    return found


EVERY = Q(pk__isnull=False)


def roll_up(sets: Sets, params: Params) -> dict[Cell, dict[str, Ids]]:
    """From leaf places to every place above them; per programme and for all of them."""
    above: dict[Any, list[str]] = defaultdict(list)
    links = JurisdictionClosure.objects.values_list("descendant", "ancestor__code")
    for leaf, code in links:
        above[leaf].append(code)
    cells: dict[Cell, dict[str, Ids]] = {}
    for name, leaves in sets.items():
        for (leaf, programme), ids in leaves.items():
            if not ids or (params.programme and programme != params.programme):
                continue
            for code in above[leaf]:
                for key in _keys(code, programme, params):
                    at = cells.setdefault(key, {n: set() for n in sets})
                    at[name] |= ids
    return cells


def _keys(code: str, programme: str, params: Params) -> list[Cell]:
    """Asked for one programme, there is no row for all of them."""
    return [(code, programme)] if params.programme else [(code, None), (code, programme)]


def _places(params: Params, with_data: set[str]) -> list[Jurisdiction]:
    """Countries first, then what lies in them."""
    places = Jurisdiction.objects.filter(code__in=with_data)
    if params.jurisdiction is not None:
        named = places.filter(code=params.jurisdiction)
        places = named | places.filter(parent__code=params.jurisdiction)
    return sorted(places, key=lambda p: (DEPTHS[p.level], p.name, p.code))
