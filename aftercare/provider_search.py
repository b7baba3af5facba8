"""Finding a provider: by what is needed, for whom, and whether a bed is free tonight."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftercare.enums import Need
from aftercare.models import Provider
from aftercare.occupancy import free_on
from aftercare.shown_beds import told_of
from core.days import clock
from victims.enums import Sex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from uuid import UUID

    from accounts.models import User
    from aftercare.occupancy import Free
    from core.access import ScopedQuerySet

YEAR = 12
# An age as it is asked for: its code, its words, and a month within it.
AGES = (
    ("5", gettext_lazy("0–5"), 30),
    ("12", gettext_lazy("6–12"), 9 * YEAR),
    ("17", gettext_lazy("13–17"), 15 * YEAR),
    ("18", gettext_lazy("18 and over"), 25 * YEAR),
)
BEDS = {
    "female": gettext_lazy("For girls and women"),
    "male": gettext_lazy("For boys and men"),
    "any": gettext_lazy("For anyone"),
}
MONTHS = {code: months for code, _label, months in AGES}


def offering(need: str) -> Q:
    """Providers that offer this service."""
    return Q(services__contains=[need])


def open_to(sex: str) -> Q:
    """Providers whose rules allow this sex."""
    return Q(sexes=[]) | Q(sexes__contains=[sex])


def taking(months: int) -> Q:
    """Providers whose rules allow this age."""
    young = Q(age_min_months__isnull=True) | Q(age_min_months__lte=months)
    return young & (Q(age_max_months__isnull=True) | Q(age_max_months__gte=months))


def with_bed_tonight(sex: str = "") -> Callable[[ScopedQuerySet, User], ScopedQuerySet]:
    """Providers that take people in and have a bed for this sex, or any bed, tonight, over all
    cases.

    To whom it is not told how full a house is, it may have one.
    """

    def condition(rows: ScopedQuerySet, reader: User) -> ScopedQuerySet:
        open_ones = Provider.objects.filter(open_to(sex) if sex else Q(), is_active=True)
        free = told_free(open_ones.select_related("jurisdiction"), reader)
        ids = [pk for pk, (beds, ask) in free.items() if ask or has_bed(beds, sex)]
        return rows.filter(pk__in=ids)

    return condition


def told_free(providers: Iterable[Provider], reader: User) -> dict[UUID, tuple[Free, bool]]:
    """The beds free tonight as the reader is told them, and whether they must be asked for."""
    tonight = {provider: provider.jurisdiction.today for provider in providers}
    ids = told_of(tonight, reader)
    return {
        pk: (beds, False) if pk in ids or beds is None else (None, True)
        for pk, beds in free_on(tonight).items()
    }


def has_bed(free: Free, sex: str) -> bool:
    """Whether a bed is left; of a sex without beds of its own, or of none, any bed."""
    counts = free or {}
    return counts.get(sex, 0) > 0 if sex in counts else any(counts.values())


def providers_in_words(providers: list[Provider], reader: User) -> list[dict[str, Any]]:
    """Providers in words, with the beds that are free tonight: two queries for all of them."""
    free = told_free(providers, reader)
    return [_line(provider, *free[provider.pk]) for provider in providers]


def ahead(nights: list[dict[str, Any]]) -> list[dict[str, object]]:
    """The next nights with the beds that are free in them, in words."""
    return [night | {"free": in_words(night["free"])} for night in nights]


def beds_by_time(provider: Provider) -> list[dict[str, Any]]:
    """Number of beds over time, the present first: by whom, and from which day."""
    former = provider.former_beds
    days = [date.fromisoformat(beds["until"]) for beds in former]
    return [
        {"since": since, "beds": [(BEDS[kind], beds[kind]) for kind in BEDS]}
        for beds, since in zip([*former, provider.beds], [None, *days], strict=True)
    ][::-1]


def in_words(free: Free) -> list[tuple[object, int]] | None:
    return None if free is None else [(Sex(sex).label, n) for sex, n in free.items()]


def _line(provider: Provider, free: Free, on_request: bool) -> dict[str, object]:
    today = provider.jurisdiction.today
    agrees, places = provider.agrees_on(today), provider.places_on(today)
    return {
        "provider": provider,
        "url": provider.get_absolute_url(),
        "place": str(provider.jurisdiction),
        "services": [str(Need(code).label) for code in provider.services],
        "takes": takes(provider),
        "beds": None if places is None else sum(places.values()),
        "free": in_words(free),
        "on_request": on_request,
        "agrees": agrees,
        "added": clock.local(provider.created_at).date(),
        **_agreement(active=provider.is_active, agrees=agrees),
    }


def _agreement(*, active: bool, agrees: bool) -> dict[str, str]:
    if not active:
        return {"agreement": _("Takes nobody in"), "tone": ""}
    words = _("Agreement in force") if agrees else _("No agreement in force")
    return {"agreement": words, "tone": "ok" if agrees else "warn"}


def takes(provider: Provider) -> str:
    """“Female, 6 to 17”: whom it takes in."""
    sexes = ", ".join(str(Sex(sex).label) for sex in provider.sexes) or _("Everyone")
    low, high = provider.age_min_months, provider.age_max_months
    if low is None and high is None:
        return sexes
    ages = {"low": (low or 0) // YEAR, "high": None if high is None else high // YEAR}
    if high is None:
        return f"{sexes}, {_('%(low)s and over') % ages}"
    return f"{sexes}, {_('%(low)s to %(high)s') % ages}"
