"""Survivors as CTDC says them: `data/ctdc.json` holds its columns, values and our crosswalk."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from victims.crosswalk import CONTROLS
from victims.enums import Leg
from victims.htcds import ExploitationForm
from victims.models import Exploitation, Involvement, RouteStop, Victim

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from accounts.models import User
    from reports.ctdc.anonymity import Line

DATA: dict[str, Any] = json.loads((Path(__file__).parent / "data" / "ctdc.json").read_text())
COLUMNS: list[str] = DATA["columns"]
BLANKED_FIRST: list[str] = DATA["blanked_first"]
NOT_PUBLISHED = ""
ONE = "1"


@dataclass
class _Known:
    """What all cases of a person say together."""

    year: int
    flags: set[str] = field(default_factory=set)
    months: set[int] = field(default_factory=set)
    exploited_in: set[str] = field(default_factory=set)
    brought_out_in: set[str] = field(default_factory=set)


def lines(parts: Sequence[Involvement], reader: User) -> list[Line]:
    """One line a person, in whatever cases and records: four queries."""
    persons: dict[UUID, _Known] = {}
    of_part: dict[Any, _Known] = {}
    for part in parts:
        year = (part.rescue.occurred_on if part.rescue else part.case.opened_on).year
        known = of_part[part.pk] = persons.setdefault(part.victim.person, _Known(year))
        known.year = min(known.year, year)
        if part.rescue:
            known.brought_out_in.add(part.rescue.jurisdiction.code[:2])
    done = Exploitation.objects.visible_to(reader).filter(involvement__any_of=list(of_part))
    for row in done:
        known = of_part[row.involvement_id]
        known.flags |= set(_flags(row))
        known.months |= {row.months} if row.months is not None else set()
    way = RouteStop.objects.visible_to(reader).filter(
        involvement__any_of=list(of_part), kind=Leg.EXPLOITATION
    )
    for part_id, code in way.values_list("involvement", "jurisdiction__code"):
        of_part[part_id].exploited_in.add(code[:2])
    records: dict[UUID, list[Victim]] = defaultdict(list)
    for part in parts:
        records[part.victim.person].append(part.victim)
    return [_line(known, records[person]) for person, known in persons.items()]


def _line(known: _Known, records: Iterable[Victim]) -> Line:
    line = dict.fromkeys(COLUMNS, "") | dict.fromkeys(known.flags, ONE)
    # The record that stands for the person is asked first, as for every figure.
    for record in sorted(
        records, key=lambda victim: (victim.merged_into_id is not None, victim.created_at)
    ):
        line["gender"] = line["gender"] or DATA["gender"].get(record.sex, "")
        line["citizenship"] = line["citizenship"] or DATA["alpha3"].get(record.nationality, "")
        line["ageBroad"] = line["ageBroad"] or _age(record)
    places = known.exploited_in or known.brought_out_in
    country = next(iter(places)) if len(places) == 1 else ""
    line["CountryOfExploitation"] = DATA["alpha3"].get(country, "")
    line["traffickMonths"] = _band(DATA["months"], max(known.months, default=None))
    line["yearOfRegistration"] = str(known.year)
    return line


def _flags(row: Exploitation) -> Iterable[str]:
    forms, labour = set(row.forms), set(DATA["labour"])
    if forms & labour:
        yield "isForcedLabour"
    if ExploitationForm.SEXUAL in forms:
        yield "isSexualExploit"
    if forms - labour - {ExploitationForm.SEXUAL}:
        yield "isOtherExploit"
    for table, values in (("industries", row.industries), ("sexual_kinds", row.sexual_kinds)):
        yield from (DATA[table][value] for value in values if value in DATA[table])
    grouped = (CONTROLS[control][2] for control in row.controls)
    yield from (name for name in grouped if name != NOT_PUBLISHED)
    if row.relationship in DATA["recruiter"]:
        yield DATA["recruiter"][row.relationship]


def _age(record: Victim) -> str:
    """The band that holds the whole range; none where it crosses one."""
    low, high = record.age_min_months, record.age_max_months
    bands = {_band(DATA["ages"], None if end is None else end // 12) for end in (low, high)}
    return bands.pop() if len(bands) == 1 else ""


def _band(bands: list[list[Any]], value: int | None) -> str:
    for low, high, words in bands:
        if value is not None and low <= value <= high:
            return str(words)
    return ""
