"""What operations brought: rescues, sites closed, people brought to safety, suspects arrested."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from casework.models import Rescue, SameSite, Site, SiteClosing
from reports.accused import ARRESTED_BY, arrests, attributed
from reports.base import ByPlace, Column
from reports.sets import gather
from reports.survivors import RESCUE, RESCUED_ON, survivors
from victims.enums import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from reports.params import Params
    from reports.sets import Ids, Sets


class Operations(ByPlace):
    """Raids and closures of a period: asked for a year, those of the year."""

    slug = "operations"
    version = 2
    title = _("Operations and sites closed")
    unit = _("operations, sites, persons")
    people = "casework.Rescue"
    others = {
        "sites_closed": "casework.Site",
        "opened_again": "casework.Site",
        "rescued": "victims.Victim",
        "arrested": "prosecutions.Perpetrator",
    }
    takes = ("attribution", "audience")
    sums = ()
    definition = _(
        "Rescue operations in the period, by place of the operation, and the persons brought to "
        "safety and arrested in them; a person counts once per place. Sites closed by an authority "
        "in the period, and sites that opened again in it, by place of the site. A site known from "
        "several cases counts once if somebody recorded that it is the same place. A person found "
        "not to be a victim in a case is not counted in that case. For figures of each year see "
        "the report “Operations and sites closed, by year”."
    )
    columns = (
        Column("rescues", _("Rescues")),
        Column("sites_closed", _("Sites closed")),
        Column("opened_again", _("Opened again")),
        Column("rescued", _("Brought to safety"), survivors=True),
        Column("arrested", _("Arrested")),
    )

    def sets(self, reader: User, params: Params) -> Sets:
        sets = gather(
            Rescue.objects.countable_by(reader),
            "jurisdiction",
            "pk",
            rescues=Q(**params.period("occurred_on")),
        )
        sets |= gather(
            SiteClosing.objects.countable_by(reader),
            "site__jurisdiction",
            one_place(reader),
            sites_closed=Q(**params.period("closed_on")),
            opened_again=Q(reopened_on__isnull=False, **params.period("reopened_on")),
        )
        met = survivors(reader, params)
        rescued = met.said("outcome", Outcome.RESCUED) & met.during(params, RESCUED_ON)
        sets |= met.gather(RESCUE, rescued=rescued)
        held = arrests(reader, params)
        arrested = attributed(held, params, ARRESTED_BY) & held.during(params, RESCUED_ON)
        return sets | held.gather(RESCUE, arrested=arrested)

    def row(self, at: Mapping[str, Ids]) -> dict[str, Any]:
        return {name: len(ids) for name, ids in at.items()}

    def members(self, at: Mapping[str, Ids]) -> dict[str, Ids]:
        return dict(at)


def one_place(reader: User) -> Coalesce:
    """The first of the sites that are said to be one place, as far as the reader counts them."""
    same = SameSite.objects.countable_by(reader).filter(
        ended_at__isnull=True,
        site=OuterRef("site"),
        other__lt=OuterRef("site"),
        other__in=Site.objects.countable_by(reader),
    )
    key = Site._meta.pk
    first = Subquery(same.order_by("other").values("other")[:1], output_field=key)
    return Coalesce(first, F("site"), output_field=key)
