"""Rescue operations and the people met in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.models import Rescue
from reports.accused import ARRESTED_BY, arrests, attributed
from reports.base import ByPlace, Column
from reports.erased import What, also, whole_years
from reports.sets import among, gather
from reports.survivors import RESCUE, RESCUED_ON, facts_of, survivors
from victims.enums import RANGES, AgeBand, Outcome, Sex

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from reports.params import Params
    from reports.sets import Ids, Sets

MINOR = RANGES[AgeBand.TEENAGER][1] or 0


class RescuesAndVictims(ByPlace):
    """Operations of a period, people brought to safety, people arrested."""

    slug = "rescues-and-victims"
    version = 2
    title = _("Rescues and survivors")
    unit = _("operations, persons")
    people = "victims.Victim"
    others = {"rescues": "casework.Rescue", "arrested": "prosecutions.Perpetrator"}
    takes = ("attribution", "audience")
    sums = (("rescued", ("minors",)),)
    definition = _(
        "Rescue operations in the period, by place of the operation; the persons brought to safety "
        "in them, how many of these were certainly under 18, and how many of those were girls; the "
        "persons who declined; and the persons arrested. A person counts once per place. A person "
        "found not to be a victim in a case is not counted in that case. Erased cases still count, "
        "by country, in periods that contain their whole year; girls in them are no longer "
        "counted."
    )
    columns = (
        Column("rescues", _("Rescues")),
        Column("rescued", _("Brought to safety"), survivors=True),
        Column("minors", _("Under 18"), survivors=True),
        Column("girls", _("Girls"), survivors=True),
        Column("declined", _("Declined"), survivors=True),
        Column("arrested", _("Arrested")),
    )

    def sets(self, reader: User, params: Params) -> Sets:
        operations = gather(
            Rescue.objects.countable_by(reader),
            "jurisdiction",
            "pk",
            rescues=Q(**params.period("occurred_on")),
        )
        people, known = survivors(reader, params), facts_of(reader)
        then, minors = people.during(params, RESCUED_ON), known.at_most(MINOR)
        met = people.gather(
            RESCUE,
            rescued=people.said("outcome", Outcome.RESCUED) & then,
            declined=people.said("outcome", Outcome.DECLINED) & then,
        )
        met["minors"] = among(met["rescued"], minors)
        met["girls"] = among(met["minors"], known.of_sex(Sex.FEMALE))
        held = arrests(reader, params)
        arrested = attributed(held, params, ARRESTED_BY) & held.during(params, RESCUED_ON)
        met |= held.gather(RESCUE, arrested=arrested)
        return also(operations | met, reader, **_erased(params))

    def row(self, at: Mapping[str, Ids]) -> dict[str, Any]:
        return {name: len(ids) for name, ids in at.items()}

    def members(self, at: Mapping[str, Ids]) -> dict[str, Ids]:
        named = ("rescues", "minors", "girls", "declined", "arrested")
        return {"k": at["rescued"], "n": at["rescued"]} | {name: at[name] for name in named}


def _erased(params: Params) -> dict[str, Q]:
    """Of cases that were erased; whether a child was a girl is not known of them any more, nor by
    whose work somebody was arrested."""
    years = whole_years(params)
    rescued = years & Q(what=What.RESCUED)
    conditions = {
        "rescues": years & Q(what=What.RESCUE),
        "rescued": rescued,
        "minors": rescued & Q(band__in=(AgeBand.CHILD, AgeBand.TEENAGER)),
        "declined": years & Q(what=What.DECLINED),
    }
    return (
        conditions
        if params.attribution
        else conditions | {"arrested": years & Q(what=What.ARRESTED)}
    )
