"""Brothers and sisters sleep at one place, unless a reason says otherwise.

The seam to sibling groups of `victims`: `siblings_of` is the only question asked of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aftercare.models import Placement

if TYPE_CHECKING:
    from collections.abc import Collection

    from accounts.models import User
    from victims.models import Involvement


def siblings_of(person: Involvement, reader: User) -> Collection[Any]:
    """The ids of the victims whom this reader may know to be brothers or sisters of the person."""
    return ()


def is_apart(placement: Placement, reader: User) -> bool:
    """Whether a brother or sister sleeps elsewhere on the first night of a placement."""
    kin = siblings_of(placement.involvement, reader)
    if not kin:
        return False
    others = Placement.objects.filter(victim__in=kin).on_night(placement.since)
    return any(_elsewhere(placement, other) for other in others)


def _elsewhere(one: Placement, other: Placement) -> bool:
    if one.provider_id or other.provider_id:
        return one.provider_id != other.provider_id
    return one.kind != other.kind
