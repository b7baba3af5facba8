"""Raids and closures, year by year: what operations brought in each."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.db.models.functions import Coalesce, TruncMonth
from django.utils.translation import gettext_lazy as _

from casework.models import Rescue, SiteClosing
from prosecutions.models import Arrest
from reports.base import COUNT, Column
from reports.catalogue.operations import Operations, one_place
from reports.measures import Figure, Measure, Measures
from reports.numbers import Ids, unpacked
from reports.params import year_of
from reports.sets import PACKED, grouped, people, within
from victims.enums import Outcome
from victims.persons import standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from reports.params import Params

DAY = "rescue__occurred_on"


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
    met = people(reader, params).filter(outcome=Outcome.RESCUED)
    victim = standing()
    arrests = Arrest.objects.countable_by(reader).filter(
        Q(rescue__isnull=False, **params.attributed("attribution"))
    )
    accused = Coalesce("suspect__perpetrator__merged_into", "suspect__perpetrator")
    closings = within(SiteClosing.objects.countable_by(reader), params, "site__jurisdiction")
    place, where = one_place(reader), "rescue__jurisdiction"
    for name, rows, day, key in (
        ("rescues", rescues, "occurred_on", "pk"),
        ("sites_closed", closings, "closed_on", place),
        ("opened_again", closings, "reopened_on", place),
        ("rescued", within(met, params, where), DAY, victim),
        ("arrested", within(arrests, params, where), DAY, accused),
    ):
        of_months = rows.filter(**params.period(day)).order_by().values_list(TruncMonth(day), key)
        for month, packed in grouped(of_months, ("month", "row_id"), "month", [PACKED]):
            yield name, month, unpacked(packed)
