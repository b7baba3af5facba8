"""Whose free beds and nights are told to whom: those of a small house say where a child sleeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.permissions import Perm
from aftercare.models import Placement
from aftercare.occupancy import first_shown

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID

    from accounts.models import User
    from aftercare.models import Provider

SMALL = 11  # fewer beds than these; as counts of survivors below it are hidden


def told_of(providers: Collection[Provider], reader: User, today: date) -> set[UUID]:
    """Of these houses those of which the reader may know how full they are; one query at most.

    Small ones only who manages providers, and who may see somebody's placement there tonight:
    for everyone else a bed is asked for.
    """
    if reader.has_perm(Perm.PROVIDER_MANAGE):
        return {provider.pk for provider in providers}
    since = first_shown(today)
    large = {provider.pk for provider in providers if provider.fewest_beds(since) >= SMALL}
    small = [provider.pk for provider in providers if provider.pk not in large]
    if not small:
        return large
    seen = Placement.objects.visible_to(reader).on_night(today).filter(provider__in=small)
    return large | set(seen.order_by().values_list("provider", flat=True).distinct())


def is_told(provider: Provider, reader: User, today: date) -> bool:
    return bool(told_of([provider], reader, today))
