"""A report is one class: it declares itself and is published as page, endpoint, CSV, command, tile.

Two kinds. `ByPlace` answers with sets of ids per place and programme, rolled up the tree of places
(`reports/sets.py`): a row counts the union of its node, so that nobody is counted twice and a
parent is at most the sum of its children. `Measures` (`reports/measures.py`) is not by place: it
yields figures, each with the ids behind it. In both, who stands behind k and n is kept with the
snapshot. An id is the number of a row (`reports/numbers.py`).

Parameters. Every report takes an as-of day and, unless `narrows` says otherwise, period, place and
programme. What else it takes it names in `takes`, out of `reports.params.OPTIONS` (instance,
attribution, measure, basis): those stand on the page, in the API and on the command line; any other
is refused. A figure of justice takes `attribution` and narrows arrests and judgments by
`Q(**params.attributed("<path>"))`.

A person charged in two states counts once in the country: distinct persons do not add up over a
tree, and a query for each place is slow. Hence sets.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _

from core.intervals import wilson
from places.models import Jurisdiction
from places.naming import named
from reports.record_sets import PackedSets
from reports.sets import Cells

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import Promise

    from accounts.models import User
    from core.contradictions import Rule
    from reports.params import Params
    from reports.sets import Cell, Ids, Sets

REPORTS: dict[str, Report] = {}

# What a figure is counted in: a share (of 1), a plain number, days, months, a count, or amounts of
# money by currency ({"INR": "5000.00"}).
SHARE, NUMBER, DAYS, MONTHS, COUNT = "share", "number", "days", "months", "count"
MONEY = "money"


@dataclass(frozen=True)
class Column:
    name: str
    label: str | Promise
    survivors: bool = False  # counts survivors: hidden below K from readers without row rights
    kind: str = COUNT
    of: str = "n"  # the column that a share or number is of: below RANK_MIN there is no point
    words: Mapping[str, str | Promise] | None = None  # of its codes, where it holds codes
    joint: str = " "  # between the words of several

    def in_words(self, value: Any) -> Any:
        """A code, or several as `a+b`, as the reader says it; else what it is."""
        words, codes = self.words or {}, str(value).split("+")
        if value is None or not words or not all(code in words for code in codes):
            return "" if value is None else value
        return words[value] if value in words else self.joint.join(str(words[c]) for c in codes)


def rate_columns(
    k: str | Promise, n: str | Promise, share: str | Promise, *, survivors: bool = False
) -> tuple[Column, ...]:
    """The columns of `rate`: both counts, the share, the two ends of its interval."""
    return (
        Column("k", k, survivors=survivors),
        Column("n", n, survivors=survivors),
        Column("rate", share, kind=SHARE),
        Column("low", _("Interval from"), kind=SHARE),
        Column("high", _("Interval to"), kind=SHARE),
    )


@dataclass
class Result:
    """The rows of a report, and behind each cell the ids of k and n."""

    rows: list[dict[str, Any]]
    behind: PackedSets = field(default_factory=PackedSets)


class Report:
    """What both kinds declare. A class that names a slug is published."""

    slug: ClassVar[str] = ""
    version: ClassVar[int] = 1
    title: ClassVar[str | Promise]
    definition: ClassVar[str | Promise]
    unit: ClassVar[str | Promise]
    columns: ClassVar[tuple[Column, ...]] = ()
    narrows: ClassVar[tuple[str, ...]] = ("from", "to", "jurisdiction", "programme")
    takes: ClassVar[tuple[str, ...]] = ()  # parameters beyond these
    people: ClassVar[str] = ""  # the model whose ids stand behind k and n; none: no rows do
    others: ClassVar[Mapping[str, str]] = {}  # the model behind a count, where it is another
    by_place: ClassVar[bool]
    together: ClassVar[frozenset[str]] = frozenset()  # columns of which some give others away
    # Reports whose figures or rows it reads: asked at once they are one run, and it comes last.
    made_of: ClassVar[tuple[str, ...]] = ()
    rests_on: ClassVar[tuple[str, ...]] = ()  # kinds of law that it reads, by what is on record
    chart: ClassVar[str] = ""  # of reports/charts
    layout: ClassVar[str] = ""  # template of its lines, where a plain table is not enough
    # How counts of a row add up: a whole, then parts of it. None: nobody has said it, and what is
    # not known cannot be kept from being worked out, so the report is not released.
    sums: ClassVar[tuple[tuple[str, tuple[str, ...]], ...] | None] = None

    def __init_subclass__(cls) -> None:
        if "slug" in cls.__dict__:
            REPORTS[cls.slug] = cls()

    def variant(self, measure: str | None) -> Report:
        """The report as it stands for one of its measures: columns, definition, figures."""
        return self

    def compute(self, reader: object, params: Params) -> Result:
        raise NotImplementedError

    def said(self, row: dict[str, Any]) -> dict[str, Any]:
        """A row as it is kept, with the words of it that follow its reader."""
        return row

    def answer(self, params: Params, rows: list[dict[str, object]]) -> dict[str, object]:
        """The rows as command and API say them."""
        return {"rows": rows}

    def row_names(self) -> tuple[str, ...]:
        """What tells the rows apart, as the first columns of an export."""
        raise NotImplementedError

    def row_values(self, row: Mapping[str, object]) -> list[object]:
        raise NotImplementedError

    def row_key(self, row: Mapping[str, object]) -> str:
        """Under it the ids behind a row are kept."""
        raise NotImplementedError

    @property
    def counts_survivors(self) -> bool:
        """Whether any of its figures is of survivors: then it is another one for whoever has no
        right to their rows (`reports/closed.py`)."""
        return any(column.survivors for column in self.columns)

    def sensitive(self, row: Mapping[str, object]) -> set[str]:
        """The counts of survivors in a row."""
        return {column.name for column in self.columns if column.survivors}

    def counted(self, cell: str, of: str) -> str:
        """The model whose ids stand behind a count of a cell."""
        return self.others.get(of, self.people)

    def broken_rule(self, cell: str) -> tuple[str, Rule] | None:
        """The table and the rule, where a cell counts what contradicts itself."""
        return None

    def apart(self, row: Mapping[str, object]) -> str:
        """Which counts of survivors are held against one another, so that none follows: all that
        were ever told, or those of a name."""
        return ""

    def of_survivors(self, cell: str, of: str) -> bool:
        """Whether a count of a cell tells of survivors: not of how many, who only counts them."""
        return self.counted(cell, of) == "victims.Victim"


def report_of(snapshot: Any) -> Report:
    """The report a snapshot was computed by, as it was asked for."""
    return REPORTS[snapshot.report].variant(snapshot.params.get("measure"))


class ByPlace(Report):
    """A report by place and programme, from sets of ids."""

    by_place = True

    def sets(self, reader: User, params: Params) -> Sets:
        """The ids per place and programme, as few queries as can be."""
        raise NotImplementedError

    def said(self, row: dict[str, Any]) -> dict[str, Any]:
        where = row["jurisdiction"]
        return row | {"jurisdiction": where | {"name": named(where["code"], where["name"])}}

    def row(self, at: Mapping[str, Ids]) -> dict[str, Any]:
        """The figures of one cell, from its sets; must hold k and n where it is a rate."""
        raise NotImplementedError

    def members(self, at: Mapping[str, Ids]) -> dict[str, Ids]:
        """The ids behind k and n of a cell."""
        raise NotImplementedError

    def compute(self, reader: Any, params: Params) -> Result:
        """Every jurisdiction with data, or the named one and its direct children."""
        cells = Cells(self.sets(reader, params), params)
        by_place, result = cells.by_place(), Result([])
        for place in _places(params, set(by_place)):
            for key in by_place[place.code]:
                at = cells[key]
                figures = self.row(at)
                if any(figures[column.name] for column in self.columns):
                    self._add(result, place, key, figures, at)
        return result

    def _add(
        self,
        result: Result,
        place: Jurisdiction,
        key: Cell,
        figures: dict[str, object],
        at: Mapping[str, Ids],
    ) -> None:
        where = {"code": place.code, "name": place.name, "level": place.level}
        result.rows.append({"jurisdiction": where, "programme": key[1]} | figures)
        result.behind[cell_key(*key)] = self.members(at)

    def row_names(self) -> tuple[str, ...]:
        return ("jurisdiction", "name", "level", "programme")

    def row_values(self, row: Mapping[str, Any]) -> list[Any]:
        place = row["jurisdiction"]
        return [place["code"], place["name"], place["level"], row["programme"] or "all"]

    def row_key(self, row: Mapping[str, Any]) -> str:
        return cell_key(row["jurisdiction"]["code"], row["programme"])


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


DEPTHS = {"country": 0, "state": 1, "district": 2, "city": 3}


def _places(params: Params, with_data: set[str]) -> list[Jurisdiction]:
    """Countries first, then what lies in them."""
    places = Jurisdiction.objects.filter(code__in=with_data)
    if params.jurisdiction is not None:
        named = places.filter(code=params.jurisdiction)
        places = named | places.filter(parent__code=params.jurisdiction)
    return sorted(places, key=lambda p: (DEPTHS[p.level], p.name, p.code))
