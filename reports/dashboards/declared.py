"""What a dashboard is made of: tiles, panels with a picture each, and what its trust rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reports.base import REPORTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import Promise

    from reports.base import Report


@dataclass(frozen=True)
class Panel:
    """A picture of one report, with its table, its sentence and its download.

    `picture` is of `pictures.PICTURES`; `shows` are the columns or measures it draws. `by_year`:
    the report is asked once for each year.
    """

    code: str
    title: str | Promise
    report: str
    picture: str
    shows: tuple[str, ...] = ()
    by_year: bool = False
    wide: bool = False  # takes the whole width
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def of(self) -> Report:
        return REPORTS[self.report].variant(self.options.get("measure"))


@dataclass(frozen=True)
class Tile:
    """One figure in large: a column of a report by place, or a row of one that is not.

    `line`: the panel whose years are drawn beneath, and which of its columns.
    """

    label: str | Promise
    report: str
    shows: str
    line: tuple[str, str] | None = None


@dataclass(frozen=True)
class Dashboard:
    """A page for one kind of work. `trusts`: the shares of complete records its figures rest on;
    `watches`: figures that are said where there is something to count."""

    slug: str
    title: str | Promise
    lead: str | Promise
    tiles: tuple[Tile, ...]
    panels: tuple[Panel, ...]
    trusts: tuple[str, ...]
    roles: frozenset[Any]  # for whom it is the first
    watches: tuple[Tile, ...] = ()

    def __post_init__(self) -> None:
        DASHBOARDS[self.slug] = self

    def panel(self, code: str) -> Panel | None:
        return next((panel for panel in self.panels if panel.code == code), None)


DASHBOARDS: dict[str, Dashboard] = {}
TRUST = "data-quality"  # the report that says how complete the records are
