"""Therapeutic foster families of the full demonstration: brothers and sisters come together."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from aftercare.enums import Need
from aftercare.models import Provider

if TYPE_CHECKING:
    from intake.demo.many_rows import Rows

PLACES = ("PH-MNL", "PH-CEB", "PH-PAM")
FAMILIES, BEDS = 16, 4  # of each place, and of each family


class Families:
    """The families of each place, and the nights for which their beds are taken."""

    def __init__(self, rows: Rows, places: dict[str, object]) -> None:
        self.of = {
            code: [rows.add(_family(places[code], number + 1)) for number in range(FAMILIES)]
            for code in PLACES
        }
        self.taken: dict[Any, list[tuple[date, date, int]]] = {}

    def with_room(self, place: str, guests: int, since: date, until: date) -> Provider | None:
        """A family that has a bed for each of them all the time; nobody where there is none."""
        for family in self.of.get(place, ()):
            nights = self.taken.setdefault(family.pk, [])
            there = sum(n for first, last, n in nights if first < until and since < last)
            if there + guests <= BEDS:
                nights.append((since, until, guests))
                return family
        return None


def _family(place: Any, number: int) -> Provider:
    return Provider(
        name=f"Therapeutic foster family {number}, {place.name}",
        jurisdiction=place,
        services=[Need.SAFE_PLACE, Need.CHILD_WELFARE],
        sexes=[],
        age_max_months=215,
        places_any=BEDS,
        agreement_from=date(2009, 4, 1),
    )
