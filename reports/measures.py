"""Reports that are not by place: rows `measure, value, k, n, low, high` and keys of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _

from places.naming import named
from reports.base import SHARE, Column, Report, Result, rate
from reports.numbers import Ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.utils.functional import Promise

    from accounts.models import User
    from places.models import Jurisdiction
    from reports.params import Params


@dataclass(frozen=True)
class Measure:
    """A figure that a report not by place gives: its name, and what its value is counted in."""

    label: str | Promise
    kind: str = SHARE
    survivors: bool = False  # k and n count survivors
    people: str = ""  # the model behind k and n, where it is not that of the report


@dataclass(frozen=True)
class Figure:
    """One row of a report not by place. `own`: the keys that tell rows of one measure apart.

    `k` and `n` are numbers where no rows lead to those who were counted. `place`: where that is one
    of its keys, by which a country is called as the reader calls it.
    `words`: what its own keys are called, where the organisation names them.
    `beside`: further columns of the row; sets of ids are counted, and kept like k and n.
    """

    measure: str
    k: Ids | int | None = None
    n: Ids | int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    own: Mapping[str, Any] = field(default_factory=dict)
    beside: Mapping[str, Any] = field(default_factory=dict)
    place: Jurisdiction | None = None
    words: Mapping[str, str] = field(default_factory=dict)


def share(measure: str, k: Ids, n: Ids, **own: Any) -> Figure:
    """k of n, with its interval."""
    of = rate(len(k), len(n))
    return Figure(measure, k, n, of["rate"], of["low"], of["high"], own)


class Measures(Report):
    """A report that is not by place: rows `measure, value, k, n, low, high` and its own keys.

    Declare `measures` (code -> Measure) and `keys` (a Column for each own key; every row has all
    of them, None where one does not apply). `figures` yields the rows in the order they are shown;
    narrow every queryset with `countable_by(reader)` and `reports.sets.within`. `lead` is what
    heads a line of the table: the measure, or an own key. `headline` names the row on the tile (a
    measure, with own keys after it as in `row_key`), and which of its columns stand there as the
    figure and as what it is of.
    """

    by_place = False
    columns: ClassVar[tuple[Column, ...]] = (
        Column("value", _("Value")),
        Column("low", _("Interval from")),
        Column("high", _("Interval to")),
        Column("k", _("Counted")),
        Column("n", _("Of")),
    )
    measures: ClassVar[Mapping[str, Measure]]
    keys: ClassVar[tuple[Column, ...]] = ()
    headline: ClassVar[str] = ""
    headline_columns: ClassVar[tuple[str, str]] = ("value", "n")
    lead: ClassVar[str] = "measure"

    def figures(self, reader: User, params: Params) -> Iterable[Figure]:
        raise NotImplementedError

    def compute(self, reader: Any, params: Params) -> Result:
        result = Result([])
        for figure in self.figures(reader, params):
            row = self._row(figure)
            result.rows.append(row)
            ids = {"k": figure.k, "n": figure.n, **figure.beside}
            result.behind[self.row_key(row)] = {
                name: some for name, some in ids.items() if isinstance(some, Ids)
            }
        return result

    def _row(self, figure: Figure) -> dict[str, object]:
        own = {column.name: figure.own.get(column.name) for column in self.keys}
        if place := figure.place:
            own |= {"place": place.name, "place_code": place.code}
        if figure.words:
            own |= {"words": figure.words}
        values: dict[str, Any] = {
            "value": figure.value,
            "k": figure.k,
            "n": figure.n,
            "low": figure.low,
            "high": figure.high,
        }
        values |= {column.name: None for column in self.columns if column.name not in values}
        row = {"measure": figure.measure, "unit": self.measures[figure.measure].kind} | own
        return row | {name: _count(value) for name, value in {**values, **figure.beside}.items()}

    def in_words(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """What tells rows of one measure apart; nothing where a key does not apply."""
        words = {column.name: column.in_words(row.get(column.name)) for column in self.keys}
        if code := row.get("place_code"):  # an earlier version had none
            words["place"] = named(code, words["place"])
        return words | row.get("words", {})

    def row_names(self) -> tuple[str, ...]:
        return ("measure", *(column.name for column in self.keys), "unit")

    def row_values(self, row: Mapping[str, object]) -> list[object]:
        return [row.get(name) for name in self.row_names()]  # an earlier version had fewer

    def row_key(self, row: Mapping[str, Any]) -> str:
        """`measure|own|own`, as `headline` names it."""
        own = (row.get(column.name) for column in self.keys)
        return "|".join([row["measure"], *("" if value is None else str(value) for value in own)])

    @property
    def counts_survivors(self) -> bool:
        return super().counts_survivors or any(value.survivors for value in self.measures.values())

    def sensitive(self, row: Mapping[str, Any]) -> set[str]:
        counts = {"k", "n"} if self.measures[row["measure"]].survivors else set()
        return counts | super().sensitive(row)

    def counted(self, cell: str, of: str) -> str:
        measure = self.measures.get(cell.partition("|")[0])
        return (measure and measure.people) or super().counted(cell, of)

    def of_survivors(self, cell: str, of: str) -> bool:
        measure = self.measures.get(cell.partition("|")[0])
        return bool(measure and measure.survivors) or super().of_survivors(cell, of)


def _count(value: object) -> Any:
    return len(value) if isinstance(value, Ids) else value
