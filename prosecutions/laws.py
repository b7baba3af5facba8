"""The limits that the law of a country sets, by their day: for custody, a charge, limitation.

What ships is the first version of each (`data/custody.json`, `data/limitation.json`); an
organisation says more by a `LawVersion` that a second person confirmed. What holds for an arrest, a
custody or an offence is what held on its own day. In the files, `for`: punishable with life, with
no less than so many years (`least`), or with more than so many (`above`); `verified` false: from
memory. `max_years`: of offences punished with no more than that.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from django.apps import apps

from core.editions import Edition
from prosecutions.enums import LawKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

DATA = Path(__file__).parent / "data"
LIMITS = (LawKind.COURT, LawKind.CHARGE, LawKind.LIMITATION)
# What tells one state of the rows of these kinds from another: nothing while all is as it ships.
EDITION = (
    "(select md5(string_agg(v.id::text, ' ' order by v.id)) from prosecutions_lawversion v"
    " where v.outcome = 'confirmed' and v.proposed_by_id is not null and v.kind in ('{}'))"
)
READ = ("kind", "country__code", "begins_on", "source", "verified", "terms")
DECIMALS = ("least", "above", "up_to")


class Punished(Protocol):
    """What a limit asks of a provision: its statute, and how gravely it punishes."""

    @property
    def statute(self) -> str: ...
    @property
    def min_years(self) -> Decimal | None: ...
    @property
    def max_years(self) -> Decimal | None: ...
    @property
    def life_possible(self) -> bool: ...


@dataclass(frozen=True)
class Limit:
    """One limit: hours before a court, days before a charge, years of limitation; none where the
    law sets none any more. It is for every offence, or for those of a gravity or a statute."""

    kind: str
    country: str
    begins_on: date | None
    source: str
    verified: bool
    amount: int | None
    life: bool = False
    least: Decimal | None = None
    above: Decimal | None = None
    statute: str = ""
    up_to: Decimal | None = None

    @classmethod
    def read(cls, *row: Any) -> Limit:
        """From its columns, and its terms as they are kept."""
        *columns, kept = row
        numbers = {n: Decimal(kept[n]) for n in DECIMALS if kept[n] is not None}
        return cls(*columns, **(kept | numbers))

    @property
    def of(self) -> tuple[object, ...]:
        """Which offences it is for; a later one for the same takes its place."""
        return self.life, self.least, self.above, self.statute, self.up_to

    @property
    def is_for_all(self) -> bool:
        return not any(self.of)

    @property
    def terms(self) -> dict[str, Any]:
        """As a row keeps them: each number written in one way."""
        numbers = {name: getattr(self, name) for name in DECIMALS}
        words = {n: None if v is None else f"{v.normalize():f}" for n, v in numbers.items()}
        return {"amount": self.amount, "life": self.life, "statute": self.statute} | words

    def fits(self, law: Punished | None) -> bool:
        """Whether it is for an offence under this provision; one that is not known has the limit
        that is for every offence."""
        if self.kind == LawKind.LIMITATION:
            return law is not None and self._covers(law)
        if self.is_for_all:
            return True
        if law is None:
            return False
        least, most = law.min_years, law.max_years
        return (
            (self.life and law.life_possible)
            or (self.least is not None and least is not None and least >= self.least)
            or (self.above is not None and most is not None and most > self.above)
        )

    def _covers(self, law: Punished) -> bool:
        """An offence that may be punished with life has no limitation by its years."""
        if self.statute not in ("", law.statute):
            return False
        years = law.max_years
        return self.up_to is None or (
            not law.life_possible and years is not None and years <= self.up_to
        )


Table = dict[tuple[str, str], list[Limit]]  # by kind and country, the latest first


def in_force(kind: str, country: str, day: date) -> list[Limit]:
    """Of this day: the longest first, of limitation the shortest; what is for all last."""
    held: dict[tuple[object, ...], Limit] = {}
    for limit in KEPT.now.get().get((kind, country), ()):
        if (limit.begins_on is None or limit.begins_on <= day) and limit.of not in held:
            held[limit.of] = limit
    return sorted((limit for limit in held.values() if limit.amount is not None), key=_order)


def edition_of(*kinds: LawKind) -> str:
    return EDITION.format("', '".join(kinds))


def kinds_known(country: str) -> set[str]:
    """Which limits of this country are on record."""
    return {kind for kind, code in KEPT.now.get() if code == country}


@contextmanager
def supposing(limit: Limit) -> Iterator[None]:
    """Within the block the law says this, too."""
    kept = KEPT.now.get()
    token = KEPT.now.set(_table([*(each for group in kept.values() for each in group), limit]))
    try:
        yield
    finally:
        KEPT.now.reset(token)


def _order(limit: Limit) -> tuple[bool, int]:
    amount = limit.amount or 0
    return limit.is_for_all, amount if limit.kind == LawKind.LIMITATION else -amount


def _table(limits: Iterable[Limit]) -> Table:
    table: Table = {}
    for limit in limits:
        table.setdefault((limit.kind, limit.country), []).append(limit)
    for group in table.values():
        group.sort(key=lambda limit: limit.begins_on or date.min, reverse=True)
    return table


def _read() -> Table:
    rows = apps.get_model("prosecutions.LawVersion")._default_manager.filter(
        outcome="confirmed", proposed_by__isnull=False, kind__in=LIMITS
    )
    return _table([*SHIPPED, *(Limit.read(*row) for row in rows.values_list(*READ))])


def _shipped() -> Iterator[Limit]:
    for row in json.loads((DATA / "custody.json").read_text(encoding="utf-8")):
        yield _of_file(row, row["limit"], row.get("hours", row.get("days")), row["for"] or {})
    for row in json.loads((DATA / "limitation.json").read_text(encoding="utf-8")):
        offences = {"statute": row["statute"] or "", "up_to": row["max_years"]}
        yield _of_file(row, LawKind.LIMITATION.value, row["years"], offences)


def _of_file(row: Mapping[str, Any], kind: str, amount: int, offences: Mapping[str, Any]) -> Limit:
    numbers = {n: Decimal(str(v)) for n, v in offences.items() if n in DECIMALS and v is not None}
    life, statute = bool(offences.get("life")), offences.get("statute", "")
    return Limit(
        kind,
        row["country"],
        None,
        row["source"],
        row.get("verified", True),
        amount,
        life=life,
        statute=statute,
        **numbers,
    )


SHIPPED = tuple(_shipped())
KEPT = Edition("limits of law", edition_of(*LIMITS), _read, _table(SHIPPED))
