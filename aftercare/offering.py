"""A provider before it is kept: what a line of a table says of it, and what must fit together."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from aftercare.models import Provider
from core.refusals import gettext as _
from core.services import Refused

if TYPE_CHECKING:
    from datetime import date

    from places.models import Jurisdiction


@dataclass(frozen=True)
class NewProvider:
    """A provider as somebody names it; `jurisdiction` by its code, ages in months."""

    name: str
    jurisdiction: str
    services: tuple[str, ...]
    sexes: tuple[str, ...] = ()
    age_min_months: int | None = None
    age_max_months: int | None = None
    places_female: int | None = None
    places_male: int | None = None
    places_any: int | None = None
    agreement_from: date | None = None
    agreement_until: date | None = None

    def made(self, place: Jurisdiction) -> Provider:
        """The row, not kept."""
        columns = asdict(self) | {"services": [*self.services], "sexes": [*self.sexes]}
        return Provider(**columns | {"jurisdiction": place})


def check_offer(provider: Provider) -> None:
    """Raises `Refused` with the column at fault."""
    if not provider.name.strip():
        raise Refused(_("Enter its name."), "name")
    low, high = provider.age_min_months, provider.age_max_months
    if low is not None and high is not None and low > high:
        raise Refused(_("The lowest age is above the highest."), "age_max_months")
    begun, over = provider.agreement_from, provider.agreement_until
    if over and not begun:
        raise Refused(_("Enter when the agreement begins."), "agreement_from")
    if begun and over and begun > over:
        raise Refused(_("The agreement ends before it begins."), "agreement_until")
