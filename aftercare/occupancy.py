"""How full a provider is: counted over all cases, without a word about whose they are.

Whoever records a placement sees only some cases, and two people at one moment both pass a check in
a service. So the database counts, by a function of the owner's that gives nights and sexes and no
case, and an exclusion constraint forbids two places in one night. Persons are compared as ranges
of one uuid, which needs no extension. A refusal tells that there is another night somewhere: that
is the price of never placing somebody twice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import connection

from aftercare.schedule import months_after
from core import refusals
from victims.enums import Sex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from aftercare.models import Placement, Provider
    from core.refusals import Words

OWN_BEDS = (Sex.FEMALE, Sex.MALE)
MONTHS_SHOWN = 12
NIGHTS_AHEAD = 14
ONE_A_NIGHT = "aftercare_placement_one_a_night"  # the constraint


@dataclass(frozen=True)
class Stay:
    """Somebody's nights at a provider."""

    sex: str
    since: date
    until: date | None
    leaves: date | None = None  # as planned

    def holds(self, night: date) -> bool:
        return self.since <= night and (self.until is None or night < self.until)

    def foreseen(self, today: date) -> Stay:
        """The same, over on the day it is planned to be; who is still there later, stays."""
        ends = self.leaves if self.until is None and self.leaves and self.leaves > today else None
        return replace(self, until=ends) if ends else self

    def nights(self, since: date, until: date) -> int:
        """How many of these days it holds; `until` is not among them."""
        last = min(self.until or until, until)
        return max((last - max(self.since, since)).days, 0)


def stays(
    providers: Iterable[UUID], since: date, until: date | None, but: UUID | None = None
) -> dict[UUID, list[Stay]]:
    """By provider, every stay that shares a night with this time, `but` one: one query."""
    by_provider: dict[UUID, list[Stay]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from aftercare_stays(%s::uuid[], %s::date, %s::date, %s::uuid)",
            [[str(pk) for pk in providers], since, until, but],
        )
        for provider, *stay in cursor.fetchall():
            by_provider[provider].append(Stay(*stay))
    return by_provider


def taken(some: Iterable[Stay], night: date) -> Counter[str]:
    return Counter(stay.sex for stay in some if stay.holds(night))


def free(places: Mapping[str, int], staying: Mapping[str, int], sex: str) -> int:
    """Beds left for a person of this sex: those of the sex, then those for anyone.

    Whoever has no bed of the own sex sleeps in one for anyone.
    """
    beyond = sum(n - min(n, places.get(kind, 0)) for kind, n in staying.items())
    own = max(places.get(sex, 0) - staying.get(sex, 0), 0) if sex in OWN_BEDS else 0
    return own + max(places["any"] - beyond, 0)


def has_room(
    places: Mapping[str, int], staying: Mapping[str, int], coming: Mapping[str, int]
) -> bool:
    """Whether all who come find a bed: one of their sex, or one for anyone."""
    kinds = {*staying, *coming}
    there = {kind: staying.get(kind, 0) + coming.get(kind, 0) for kind in kinds}
    return sum(max(n - places.get(kind, 0), 0) for kind, n in there.items()) <= places["any"]


Nights = tuple[date, date | None]  # from a night on, until before another; no end


def full_nights(placement: Placement, sex: str) -> list[Nights]:
    """The nights of a placement on which there is no bed for a person of this sex."""
    provider = placement.provider
    if provider is None:
        return []
    since, until = placement.since, placement.until
    others = stays([provider.pk], since, until, placement.pk)[provider.pk]
    changes = {since, *provider.bed_changes(since, until)}
    for stay in others:
        changes |= {day for day in (stay.since, stay.until) if day and since < day}
    days = sorted(day for day in changes if until is None or day < until)
    missing: list[Nights] = []
    for night, end in zip(days, [*days[1:], until], strict=True):
        places = provider.places_on(night)
        if places and free(places, taken(others, night), sex) < 1:
            follows = missing and missing[-1][1] == night
            begin = missing.pop()[0] if follows else night
            missing.append((begin, end))
    return missing


def lie_within(some: Iterable[Nights], others: Iterable[Nights]) -> bool:
    """Whether every one of these nights is among the others."""
    known = list(others)
    return all(
        any(
            since <= begin and (until is None or (end is not None and end <= until))
            for since, until in known
        )
        for begin, end in some
    )


Free = dict[str, int] | None  # beds left for each sex; nothing where they were never counted


def free_on(nights: Mapping[Provider, date]) -> dict[UUID, Free]:
    """By provider, the beds left in a night: one query."""
    if not nights:
        return {}
    over = max(nights.values()) + timedelta(days=1)
    some = stays([provider.pk for provider in nights], min(nights.values()), over)
    return {house.pk: _left(house, some[house.pk], night) for house, night in nights.items()}


def free_ahead(provider: Provider, today: date) -> list[dict[str, object]]:
    """The beds left in each of the next nights, as far as ends are planned."""
    nights = [today + timedelta(days=number) for number in range(NIGHTS_AHEAD)]
    rows = stays([provider.pk], today, nights[-1] + timedelta(days=1))[provider.pk]
    some = [stay.foreseen(today) for stay in rows]
    return [{"night": night, "free": _left(provider, some, night)} for night in nights]


def _left(provider: Provider, some: list[Stay], night: date) -> Free:
    places = provider.places_on(night)
    if places is None:
        return None
    return {
        str(sex): free(places, taken(some, night), sex)
        for sex in OWN_BEDS
        if not provider.sexes or sex in provider.sexes
    }


def first_shown(today: date) -> date:
    """The first night of those counted by month."""
    return months_after(today.replace(day=1), 1 - MONTHS_SHOWN)


def by_month(provider: Provider, today: date) -> list[dict[str, object]]:
    """Nights slept at a provider in each of the last months, and the share of its beds."""
    first = first_shown(today)
    tomorrow = today + timedelta(days=1)
    some = stays([provider.pk], first, tomorrow)[provider.pk]
    rows = []
    for number in range(MONTHS_SHOWN):
        start = months_after(first, number)
        end = min(months_after(start, 1), tomorrow)
        nights = sum(stay.nights(start, end) for stay in some)
        days = [start + timedelta(days=number) for number in range((end - start).days)]
        of = sum(sum((provider.places_on(day) or {}).values()) for day in days)
        share = nights / of if of else None
        rows.append({"month": start, "nights": nights, "of": of or None, "share": share})
    return rows[::-1]


def two_places() -> Words:
    """Why two records cannot be one person: the person would sleep twice in one night."""
    return refusals.gettext(
        "Both have a placement for the same night. End or correct one of them first, then merge."
    )
