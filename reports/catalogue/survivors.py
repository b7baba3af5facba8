"""Survivors brought to safety, and those who received a restoration service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from aftercare.models import ServiceRecord
from reports.base import ByPlace, Column, rate, rate_columns
from reports.sets import EVERY, gather, of_victims, people
from victims.enums import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.params import Params
    from reports.sets import Ids, Sets


class SurvivorsServed(ByPlace):
    """Survivors with at least one restoration service, of those brought to safety."""

    slug = "survivors-served"
    version = 2
    title = _("Survivors served")
    unit = _("persons")
    people = "victims.Victim"
    chart = "forest"
    takes = ("audience",)
    sums = (("n", ("k",)),)
    definition = _(
        "Of the survivors brought to safety in rescues of the period, those with at least one "
        "restoration service by the as-of day. By place of the case. A person counts once per "
        "place. Whoever was found not to be a victim in a case is not counted there. Interval: "
        "Wilson, 95 %. Beside it: survivors who received a service in the "
        "period, whenever they were brought to safety."
    )
    columns = (
        *rate_columns(_("Served"), _("Brought to safety"), _("Share"), survivors=True),
        Column("served_in_period", _("Served in the period"), survivors=True),
    )

    def sets(self, reader: Any, params: Params) -> Sets:
        rescued = gather(
            people(reader, params),
            "case__jurisdiction",
            Coalesce("victim__merged_into", "victim"),
            rescued=Q(outcome=Outcome.RESCUED, **params.period("rescue__occurred_on")),
        )
        served = ServiceRecord.objects.countable_by(reader).provided_by(params.as_of)
        return rescued | gather(
            of_victims(served, params, "involvement__"),
            "case__jurisdiction",
            Coalesce("involvement__victim__merged_into", "involvement__victim"),
            ever=EVERY,
            in_period=Q(**params.period("provided_on")),
        )

    def row(self, at: Mapping[str, Ids]) -> dict[str, Any]:
        figures = rate(len(at["rescued"] & at["ever"]), len(at["rescued"]))
        return figures | {"served_in_period": len(at["in_period"])}

    def members(self, at: Mapping[str, Ids]) -> dict[str, Ids]:
        served = at["rescued"] & at["ever"]
        return {"k": served, "n": at["rescued"], "served_in_period": at["in_period"]}
