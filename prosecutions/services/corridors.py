"""Corridors: the ways people of a case were taken, leg by leg, and taken back."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated

from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.services.cases import require_content
from core import audit
from core.refusals import gettext as _
from core.services import Refused, amend, service
from core.verbs.arguments import Column
from prosecutions.enums import Leg
from prosecutions.models import Corridor, CorridorLeg, NetworkMember

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accounts.models import User
    from casework.models import Case
    from places.models import Jurisdiction
    from prosecutions.models import Network

MOST_LEGS = 12
ORDER = {kind: number for number, kind in enumerate(Leg.values)}


@dataclass(frozen=True)
class Stage:
    """A leg as somebody tells it: what happened there, and where."""

    kind: str
    jurisdiction: Jurisdiction


@service(Perm.NETWORK_RECORD, label=gettext_lazy("Record a route people were taken"))
def record_corridor(
    case: Case, *, legs: Sequence[Stage], network: Network | None = None, actor: User
) -> Corridor:
    """Record the route people were taken: at least two places. Leave out what is not known."""
    require_content(case, actor)
    _check_legs(legs)
    _check_network(case, network)
    corridor = Corridor.objects.create(case=case, network=network)
    _write(corridor, legs)
    audit.record("corridor.recorded", corridor, actor=actor, legs=len(legs))
    return corridor


@service(Perm.NETWORK_RECORD, label=gettext_lazy("Change a route people were taken"))
def replace_corridor(
    corridor: Corridor,
    *,
    version: int,
    legs: Sequence[Stage],
    network: Annotated[Network | None, Column(null=True)] = None,
    actor: User,
) -> Corridor:
    """Replace a route people were taken: all its places, and its network if it has one. The
    former places stay in the history."""
    require_content(corridor.case, actor)
    _check_legs(legs)
    _check_network(corridor.case, network)
    changed = amend(corridor, version, network=network)
    changed.legs.all().delete()
    _write(changed, legs)
    audit.record("corridor.replaced", changed, actor=actor, legs=len(legs))
    return changed


def _write(corridor: Corridor, legs: Sequence[Stage]) -> None:
    CorridorLeg.objects.bulk_create(
        CorridorLeg(
            case=corridor.case,
            corridor=corridor,
            position=position,
            kind=leg.kind,
            jurisdiction=leg.jurisdiction,
        )
        for position, leg in enumerate(legs, 1)
    )


def _check_legs(legs: Sequence[Stage]) -> None:
    if len(legs) < 2:
        raise Refused(_("Enter at least two places."))
    if len(legs) > MOST_LEGS:
        raise Refused(_("Enter at most %(most)s places.") % {"most": MOST_LEGS})
    check_order(legs)


def check_order(legs: Sequence[Stage]) -> None:
    """The stages follow each other as people were taken."""
    for before, after in pairwise(legs):
        if ORDER[before.kind] > ORDER[after.kind]:
            raise Refused(
                _("Use this order: recruited, through, exploited, identified, brought home.")
            )
        if before.kind == after.kind != Leg.TRANSIT:
            raise Refused(_("Only “through” may have several places."))
        if before == after:
            raise Refused(_("The same place is listed twice in a row."))


def _check_network(case: Case, network: Network | None) -> None:
    if network and not NetworkMember.objects.filter(network=network, case=case).exists():
        raise Refused(_("Nobody in this case is a member of that network."))
