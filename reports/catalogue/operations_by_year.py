"""Raids and closures, year by year: what operations brought in each."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from casework.models import Rescue, SiteClosing
from reports.accused import ARRESTED_BY, arrests, attributed
from reports.base import COUNT, Column
from reports.catalogue.operations import Operations, one_place
from reports.measures import Figure, Measure, Measures
from reports.numbers import Ids, unpacked
from reports.params import year_of
from reports.sets import PACKED, grouped, within
from reports.survivors import RESCUE, RESCUED_ON, survivors
from victims.enums import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from reports.params import Params


class OperationsByYear(Measures):
    """The figures of `operations`, one row a year."""

    slug = "operations-by-year"
    version = 2
    title = _("Operations and sites closed, by year")
    unit = _("operations, sites, persons")
    people = "casework.Rescue"
    others = Operations.others
    takes = ("attribution", "year")
    definition = _(
        "For each year of the period: rescue operations, the persons brought to safety and "
        "arrested in them, sites closed by an authority, and sites that opened again. A person, or "
        "a place known from several cases, counts once a year. A person found not to be a victim "
        "in a case is not counted in that case."
    )
    measures = {"year": Measure(_("Of the year"), kind=COUNT)}
    keys = (Column("year", _("Year")),)
    lead = "year"
    columns = (*Operations.columns, *Measures.columns)
    headline = "year|"
    headline_columns = ("rescues", "sites_closed")

    def figures(self, reader: User, params: Params) -> Iterable[Figure]:
        years: dict[Any, dict[str, Ids]] = defaultdict(
            lambda: {column.name: Ids() for column in Operations.columns}
        )
        for name, month, ids in _facts(reader, params):
            years[year_of(month, params.year)][name] |= ids
        for year in sorted(years, key=str, reverse=True):
            yield Figure("year", own={"year": year}, beside=years[year])


def _facts(reader: User, params: Params) -> Iterable[tuple[str, Any, Ids]]:
    """What happened, in which month, to whom or where: five queries."""
    rescues = within(Rescue.objects.countable_by(reader), params, "jurisdiction")
    closings = within(SiteClosing.objects.countable_by(reader), params, "site__jurisdiction")
    place = one_place(reader)
    for name, rows, day, key in (
        ("rescues", rescues, "occurred_on", "pk"),
        ("sites_closed", closings, "closed_on", place),
        ("opened_again", closings, "reopened_on", place),
    ):
        of_months = rows.filter(**params.period(day)).order_by().values_list(TruncMonth(day), key)
        for month, packed in grouped(of_months, ("month", "row_id"), "month", [PACKED]):
            yield name, month, unpacked(packed)
    met, held = survivors(reader, params, RESCUE), arrests(reader, params, RESCUE)
    for name, people, counted in (
        ("rescued", met, met.said("outcome", Outcome.RESCUED)),
        ("arrested", held, attributed(held, params, ARRESTED_BY)),
    ):
        of_period = counted & people.during(params, RESCUED_ON)
        for month, ids in people.by_month(RESCUED_ON, of_period):
            yield name, month, ids
