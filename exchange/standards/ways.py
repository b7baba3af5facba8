"""Places of the way of a person: found among ours by country, state and name."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from exchange.standards.htcds import CODES, FIELDS
from places.models import Jurisdiction
from victims.services.exploitation import Stop

if TYPE_CHECKING:
    from exchange.standards.htcds import HtcdsRecord, Values

LEGS = {written: ours for ours, written in CODES["legs"].items()}


class Places:
    def __init__(self) -> None:
        rows = list(Jurisdiction.objects.all())
        self.by_id = {row.pk: row for row in rows}
        self.by_code = {row.code: row for row in rows}
        self.by_name: dict[str, list[Jurisdiction]] = defaultdict(list)
        for row in rows:
            row.parent = self.by_id.get(row.parent_id)
            self.by_name[row.name.casefold()].append(row)

    def way(self, person: HtcdsRecord) -> tuple[list[Stop], list[str]]:
        """The stops that have a place of ours, and in words what has none."""
        stops: list[Stop] = []
        rest: list[str] = []
        for event in person.parts.get("event", []):
            place, whole = self._place(event)
            leg = LEGS.get(event.get("hte_Type", ""))
            if place and leg:
                day = event.get("hte_Date")
                stops.append(Stop(leg, place, date.fromisoformat(day) if day else None))
            words = [
                f"{name}: {text}"
                for name, text in event.items()
                if FIELDS[name].goes == "note" or not (place and leg and whole)
            ]
            if words:
                rest.append(", ".join(words))
        return stops, rest

    def _place(self, event: Values) -> tuple[Jurisdiction | None, bool]:
        """The narrowest place that is ours, and whether it says all the file does."""
        place, whole = self.by_code.get(event.get("hte_Country", "")), True
        for name in ("hte_State", "hte_City"):
            if place is None or not (text := event.get(name, "")):
                continue
            part = self._inside(place, text)
            place, whole = part or place, whole and part is not None
        return place, whole

    def _inside(self, place: Jurisdiction, text: str) -> Jurisdiction | None:
        """The one place of this code or name that lies in another."""
        exact = self.by_code.get(text)
        among = [exact] if exact else self.by_name.get(text.casefold(), [])
        places = [row for row in among if row.pk != place.pk and self._lies_in(row, place)]
        return places[0] if len(places) == 1 else None

    @staticmethod
    def _lies_in(row: Jurisdiction, place: Jurisdiction) -> bool:
        above: Jurisdiction | None = row
        while above is not None and above.pk != place.pk:
            above = above.parent
        return above is not None
