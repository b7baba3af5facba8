"""Survivors brought to safety, and those who received a restoration service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aftercare.models import ServiceRecord
from reports.base import ByPlace, Column, rate, rate_columns
from reports.by_day import sets_by_day
from reports.erased import What, also, whole_years
from reports.sets import EVERY, among
from reports.survivors import RESCUE, RESCUED_ON, survivors
from victims.enums import Outcome
from victims.persons import standing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from reports.params import Params
    from reports.sets import Ids, Sets


class SurvivorsServed(ByPlace):
    """Survivors with at least one restoration service, of those brought to safety."""

    slug = "survivors-served"
    version = 3
    title = _("Survivors served")
    unit = _("persons")
    people = "victims.Victim"
    chart = "forest"
    takes = ("audience",)
    sums = (("n", ("k",)),)
    definition = _(
        "Of the survivors brought to safety in rescues of the period, those with at least one "
        "restoration service by the as-of day, in any place and any case. By place of the rescue. "
        "A person counts once per place. A person found not to be a victim in a case is not "
        "counted in that case. Interval: Wilson, 95 %. Beside it: survivors brought to safety at "
        "any time who received a service in the period, by place of their rescue. Erased cases "
        "still count, by country, in periods that contain their whole year; their services in a "
        "period are no longer counted."
    )
    columns = (
        *rate_columns(_("Served"), _("Brought to safety"), _("Share"), survivors=True),
        Column("served_in_period", _("Served in the period"), survivors=True),
    )

    def sets(self, reader: User, params: Params) -> Sets:
        people = survivors(reader, params)
        rescued = people.said("outcome", Outcome.RESCUED)
        sets = people.gather(
            RESCUE,
            rescued=rescued & people.during(params, RESCUED_ON),
            ever=rescued & people.between(None, params.as_of, RESCUED_ON),
        )
        services = ServiceRecord.objects.countable_by(reader).provided_by(params.as_of)
        given = sets_by_day(services, SERVED, "provided_on", params, given=EVERY)
        in_all = given.by(params.as_of, "given")
        sets["served"] = among(sets["rescued"], in_all)
        sets["in_period"] = among(sets.pop("ever"), given.whole(params)["given"])
        safe = Q(what=What.RESCUED) & whole_years(params)
        return also(sets, reader, rescued=safe, served=safe & Q(served=True))

    def row(self, at: Mapping[str, Ids]) -> dict[str, Any]:
        figures = rate(len(at["served"]), len(at["rescued"]))
        return figures | {"served_in_period": len(at["in_period"])}

    def members(self, at: Mapping[str, Ids]) -> dict[str, Ids]:
        return {"k": at["served"], "n": at["rescued"], "served_in_period": at["in_period"]}


SERVED = standing("involvement__")
