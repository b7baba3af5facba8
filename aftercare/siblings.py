"""Brothers and sisters sleep at one place, unless a reason says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aftercare.models import Placement
from victims.services.siblings import siblings_of

if TYPE_CHECKING:
    from accounts.models import User


def is_apart(placement: Placement, reader: User) -> bool:
    """Whether a brother or sister sleeps elsewhere on the first night of a placement.

    Of those whom the reader may know, and of placements open to the reader.
    """
    kin = siblings_of([placement.victim_id], reader).get(placement.victim_id)
    if not kin:
        return False
    others = Placement.objects.visible_to(reader).filter(victim__in=kin).on_night(placement.since)
    return any(_elsewhere(placement, other) for other in others)


def _elsewhere(placement: Placement, other: Placement) -> bool:
    if placement.provider_id or other.provider_id:
        return placement.provider_id != other.provider_id
    return placement.kind != other.kind
