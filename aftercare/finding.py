"""Finding a provider: by what is needed, for whom, and whether a bed is free tonight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftercare.enums import Need
from aftercare.occupancy import free_tonight
from victims.enums import Sex

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from aftercare.models import Provider

YEAR = 12
# An age as it is asked for: its code, its words, and a month within it.
AGES = (
    ("5", gettext_lazy("0–5"), 30),
    ("12", gettext_lazy("6–12"), 9 * YEAR),
    ("17", gettext_lazy("13–17"), 15 * YEAR),
    ("18", gettext_lazy("18 and over"), 25 * YEAR),
)
MONTHS = {code: months for code, _label, months in AGES}


@dataclass(frozen=True)
class Wanted:
    """What is asked for; what is none of the choices is not asked."""

    need: str = ""
    sex: str = ""
    age: str = ""
    tonight: bool = False

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Wanted:
        known = {"need": Need.values, "sex": Sex.values, "age": list(MONTHS)}
        chosen = {name: given[name] for name in known if given.get(name) in known[name]}
        return cls(**chosen, tonight=given.get("tonight") == "1")

    @property
    def asks(self) -> bool:
        return self != Wanted()


def found(rows: Any, wanted: Wanted, today: date) -> list[dict[str, Any]]:
    """Providers that take such a person in, the active ones; without a question, all of them."""
    if wanted.asks:
        rows = rows.filter(is_active=True)
    if wanted.need:
        rows = rows.filter(services__contains=[wanted.need])
    if wanted.sex:
        rows = rows.filter(Q(sexes=[]) | Q(sexes__contains=[wanted.sex]))
    if wanted.age:
        rows = rows.filter(taking(MONTHS[wanted.age]))
    lines = shown(list(rows.order_by("-is_active", "name", "pk")), today)
    return [line for line in lines if line["has_bed"](wanted.sex)] if wanted.tonight else lines


def taking(months: int) -> Q:
    """Providers whose rules allow this age."""
    young = Q(age_min_months__isnull=True) | Q(age_min_months__lte=months)
    return young & (Q(age_max_months__isnull=True) | Q(age_max_months__gte=months))


def shown(providers: list[Provider], today: date) -> list[dict[str, Any]]:
    """Providers in words, with the beds that are free tonight: one query for all of them."""
    free = free_tonight(providers, today)
    return [_line(provider, free[provider.pk], today) for provider in providers]


def _line(provider: Provider, free: dict[str, int] | None, today: date) -> dict[str, Any]:
    def has_bed(sex: str) -> bool:
        counts = free or {}
        return counts.get(sex, 0) > 0 if sex in counts else any(counts.values())

    agrees = provider.agrees_on(today)
    return {
        "provider": provider,
        "url": provider.get_absolute_url(),
        "place": provider.jurisdiction.name,
        "services": [str(Need(code).label) for code in provider.services],
        "takes": takes(provider),
        "beds": sum(provider.places.values()) if provider.places else None,
        "free": None if free is None else [(Sex(sex).label, n) for sex, n in free.items()],
        "has_bed": has_bed,
        "agrees": agrees,
        "agreement": _("Agreement in force") if agrees else _("No agreement in force"),
    }


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
