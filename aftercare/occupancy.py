"""How full a provider is: counted over all cases, without a word about whose they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils.translation import gettext as _

from aftercare.schedule import months_after
from victims.enums import Sex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from aftercare.models import Placement, Provider

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


def stays(providers: Iterable[UUID], since: date, until: date | None) -> dict[UUID, list[Stay]]:
    """By provider, every stay that shares a night with this time: one query."""
    found: dict[UUID, list[Stay]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from aftercare_stays(%s::uuid[], %s::date, %s::date)",
            [[str(pk) for pk in providers], since, until],
        )
        for provider, *stay in cursor.fetchall():
            found[provider].append(Stay(*stay))
    return found


def taken(some: Iterable[Stay], night: date) -> Counter[str]:
    return Counter(stay.sex for stay in some if stay.holds(night))


def free(places: Mapping[str, int], staying: Mapping[str, int], sex: str) -> int:
    """Beds left for a person of this sex: those of the sex, then those for anyone.

    Whoever has no bed of the own sex sleeps in one for anyone.
    """
    beyond = sum(n - min(n, places.get(kind, 0)) for kind, n in staying.items())
    own = max(places.get(sex, 0) - staying.get(sex, 0), 0) if sex in OWN_BEDS else 0
    return own + max(places["any"] - beyond, 0)


def full_night(placement: Placement) -> date | None:
    """The first night of a placement on which there is no bed for the person."""
    provider = placement.provider
    if provider is None:
        return None
    some = stays([provider.pk], placement.since, placement.until)[provider.pk]
    sex = placement.victim.sex
    own = Stay(sex, placement.since, placement.until, placement.planned_until)
    some.remove(own)  # the person needs one bed, not two
    begins = {placement.since, *(s.since for s in some if s.since > placement.since)}
    for night in sorted({*begins, *provider.bed_changes(placement.since, placement.until)}):
        places = provider.places_on(night)
        if places and free(places, taken(some, night), sex) < 1:
            return night
    return None


Free = dict[str, int] | None  # beds left for each sex; nothing where they were never counted


def free_tonight(providers: list[Provider], night: date) -> dict[UUID, Free]:
    """By provider, the beds left in one night."""
    some = stays([provider.pk for provider in providers], night, night + timedelta(days=1))
    return {provider.pk: _left(provider, some[provider.pk], night) for provider in providers}


def free_ahead(provider: Provider, today: date) -> list[dict[str, Any]]:
    """The beds left in each of the next nights, as far as ends are planned."""
    nights = [today + timedelta(days=number) for number in range(NIGHTS_AHEAD)]
    found = stays([provider.pk], today, nights[-1] + timedelta(days=1))[provider.pk]
    some = [stay.foreseen(today) for stay in found]
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


def by_month(provider: Provider, today: date) -> list[dict[str, Any]]:
    """Nights slept at a provider in each of the last months, and the share of its beds."""
    first = months_after(today.replace(day=1), 1 - MONTHS_SHOWN)
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


def two_places() -> str:
    """Why two records cannot be one person: the person would sleep twice in one night."""
    return _(
        "Both have a place for the same night, and nobody sleeps in two. Put the placements right"
        " first: end or correct one of them. Then merge."
    )
