"""The law under which those arrested in the many cases are charged, and what courts give by it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake.demo.many_parts import CSEC, LABOUR, OSEC
from prosecutions.models import Provision

if TYPE_CHECKING:
    import random
    from datetime import date


@dataclass(frozen=True)
class Law:
    """How often it is chosen of those in force, and from how many months to how many it gives."""

    name: str
    often: int
    months: tuple[int, int] | None  # nothing: for life
    fine: int = 0


PROMOTING = Law("RA9208 s.5", 15, (180, 180), 500_000)  # also what a plea may be bargained to
QUALIFIED = Law("RA9208 s.6", 60, None, 2_000_000)
TRAFFICKING = Law("RA9208 s.4", 25, (240, 240), 1_000_000)
BARGAINED = {QUALIFIED.name, TRAFFICKING.name}
LAWS: dict[tuple[str, str], tuple[Law, ...]] = {
    ("PH", CSEC): (QUALIFIED, TRAFFICKING, PROMOTING, Law("RA7610 s.5/6", 5, (174, 240))),
    ("PH", OSEC): (
        QUALIFIED,
        Law("RA9775 s.4/15", 60, (168, 240), 750_000),
        Law("RA11930 s.4/10", 60, None, 2_000_000),
    ),
    ("IN", LABOUR): (Law("BLSA 16", 60, (6, 36), 2_000), Law("BLSA 17", 40, (6, 36), 2_000)),
    ("GB", OSEC): (Law("SOA2003 s.48", 1, (48, 144)),),
}
MONEY = {"PH": "PHP", "IN": "INR", "GB": "GBP"}


class LawBook:
    """The provisions of these laws, read once."""

    def __init__(self) -> None:
        self.provisions: dict[tuple[str, str], list[Provision]] = defaultdict(list)
        for row in Provision.objects.filter(jurisdiction__code__in=MONEY).select_related(
            "jurisdiction"
        ):
            self.provisions[row.jurisdiction.code, f"{row.statute} {row.number}"].append(row)

    def choose(self, chance: random.Random, country: str, programme: str, day: date) -> Law:
        """One that was in force on the day of the offence."""
        laws = [law for law in LAWS[country, programme] if self.of(country, law, day)]
        return chance.choices(laws, [law.often for law in laws])[0]

    def of(self, country: str, law: Law, day: date) -> Provision | None:
        rows = self.provisions[country, law.name]
        return next((row for row in rows if row.in_force_on(day)), None)
