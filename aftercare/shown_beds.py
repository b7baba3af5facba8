"""Whose free beds and nights are told to whom: those of a small house say where a child sleeps."""

from __future__ import annotations

from collections import defaultdict
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from accounts.permissions import Perm
from aftercare.models import Placement
from aftercare.occupancy import first_shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from accounts.models import User
    from aftercare.models import Provider

SMALL = 11  # fewer beds than these; as counts of survivors below it are hidden


def told_of(tonight: Mapping[Provider, date], reader: User) -> set[UUID]:
    """Of these houses those of which the reader may know how full they are; one query at most.

    Small ones only who manages providers, and who may see somebody's placement there tonight:
    for everyone else a bed is asked for. Tonight is the day it is at the house.
    """
    if reader.has_perm(Perm.PROVIDER_MANAGE):
        return {house.pk for house in tonight}
    large = {h.pk for h, day in tonight.items() if h.fewest_beds(first_shown(day)) >= SMALL}
    small: dict[date, list[UUID]] = defaultdict(list)
    for house, day in tonight.items():
        if house.pk not in large:
            small[day].append(house.pk)
    if not small:
        return large
    rows = Placement.objects.visible_to(reader)
    there = (rows.on_night(day).filter(provider__in=houses) for day, houses in small.items())
    seen = reduce(or_, there)
    return large | set(seen.order_by().values_list("provider", flat=True).distinct())


def is_told(provider: Provider, reader: User, today: date) -> bool:
    return bool(told_of({provider: today}, reader))
