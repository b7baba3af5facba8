"""Rescue operations and the people met in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from casework.models import Rescue
from prosecutions.models import Arrest
from reports.base import ByPlace, Column
from reports.erased import What, also, whole_years
from reports.sets import gather, people
from victims.enums import RANGES, AgeBand, Outcome, Sex
from victims.persons import of_person, standing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from reports.params import Params
    from reports.sets import Ids, Sets

MINOR = RANGES[AgeBand.TEENAGER][1]


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
        when = Q(**params.period("rescue__occurred_on"))
        rescued = when & Q(outcome=Outcome.RESCUED)
        operations = gather(
            Rescue.objects.countable_by(reader),
            "jurisdiction",
            "pk",
            rescues=Q(**params.period("occurred_on")),
        )
        met = gather(
            people(reader, params)
            .filter(rescue__isnull=False)
            .alias(oldest=of_person("age_max_months"), sex=of_person("sex")),
            "rescue__jurisdiction",
            standing(),
            rescued=rescued,
            minors=rescued & Q(oldest__lte=MINOR),
            girls=rescued & Q(oldest__lte=MINOR, sex=Sex.FEMALE),
            declined=when & Q(outcome=Outcome.DECLINED),
        )
        arrests = gather(
            Arrest.objects.countable_by(reader).filter(rescue__isnull=False),
            "rescue__jurisdiction",
            Coalesce("suspect__perpetrator__merged_into", "suspect__perpetrator"),
            arrested=when & Q(**params.attributed("attribution")),
        )
        return also(operations | met | arrests, reader, **_erased(params))

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
