"""How full a provider is: counted over all cases, without a word about whose they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
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
ONE_A_NIGHT = "aftercare_placement_one_a_night"  # the constraint


@dataclass(frozen=True)
class Stay:
    """Somebody's nights at a provider."""

    sex: str
    since: date
    until: date | None

    def holds(self, night: date) -> bool:
        return self.since <= night and (self.until is None or night < self.until)

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
    if provider is None or provider.places is None:
        return None
    some = stays([provider.pk], placement.since, placement.until)[provider.pk]
    sex = placement.victim.sex
    some.remove(Stay(sex, placement.since, placement.until))  # the person needs one bed, not two
    begins = {placement.since, *(s.since for s in some if s.since > placement.since)}
    for night in sorted(begins):
        if free(provider.places, taken(some, night), sex) < 1:
            return night
    return None


def free_tonight(providers: list[Provider], night: date) -> dict[UUID, dict[str, int] | None]:
    """By provider, the beds left for each sex; nothing where its beds were never counted."""
    some = stays([provider.pk for provider in providers], night, night + timedelta(days=1))
    return {
        provider.pk: None
        if provider.places is None
        else {
            str(sex): free(provider.places, taken(some[provider.pk], night), sex)
            for sex in OWN_BEDS
            if not provider.sexes or sex in provider.sexes
        }
        for provider in providers
    }


def by_month(provider: Provider, today: date) -> list[dict[str, Any]]:
    """Nights slept at a provider in each of the last months, and the share of its beds."""
    first = months_after(today.replace(day=1), 1 - MONTHS_SHOWN)
    tomorrow = today + timedelta(days=1)
    some = stays([provider.pk], first, tomorrow)[provider.pk]
    beds = sum(provider.places.values()) if provider.places else 0
    rows = []
    for number in range(MONTHS_SHOWN):
        start = months_after(first, number)
        end = min(months_after(start, 1), tomorrow)
        nights = sum(stay.nights(start, end) for stay in some)
        of = beds * (end - start).days
        share = nights / of if of else None
        rows.append({"month": start, "nights": nights, "of": of or None, "share": share})
    return rows[::-1]


def two_places() -> str:
    """Why two records cannot be one person: the person would sleep twice in one night."""
    return _(
        "Both have a place for the same night, and nobody sleeps in two. Put the placements right"
        " first: end or correct one of them. Then merge."
    )
