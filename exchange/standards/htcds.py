"""The fields of HTCDS 2.0 of IOM, as `data/htcds.json` says them, and the lines of a file.

A file has one line for a person in a case. What repeats (referrals, stops on the way, plans,
organisations, comments) goes on in further lines with the same `case_id` and `person_id`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from victims.crosswalk import (
    CODES_SPELT_ELSEWHERE,
    CONTROLS,
    NOT_IN_PICKLIST,
    SPELT_ELSEWHERE,
)

DATA: dict[str, Any] = json.loads((Path(__file__).parent / "data" / "htcds.json").read_text())
CASE, PERSON = "case_id", "person_id"
KEYS = (CASE, PERSON)
BETWEEN = ";"  # values of a field that takes several


@dataclass(frozen=True)
class Field:
    """One field of the standard, and what becomes of it here."""

    name: str
    label: str
    kind: str  # code, country, language, date, number, truth, text
    goes: str  # where its value is written: field, name, born_on, contacts, documents, note
    many: bool = False
    open: bool = False  # its list of codes is not closed
    part: str = ""  # of what repeats
    stays: bool = False  # identifying, or words that may name somebody: in no file of ours
    former: bool = False  # deprecated: read, never written
    of_case: bool = False

    @cached_property
    def codes(self) -> list[str]:
        return list(DATA["lists"].get(self.name, ()))


FIELDS: dict[str, Field] = {row["name"]: Field(**row) for row in DATA["fields"]}
CURRENT = [field.name for field in FIELDS.values() if not field.former]
HEADER = [*KEYS, *CURRENT]
LEAVING = frozenset(of.name for of in FIELDS.values() if not of.stays and not of.former)
PARTS = list(dict.fromkeys(field.part for field in FIELDS.values() if field.part))
CODES: dict[str, Any] = DATA["codes"]
# What the line of labels of IOM's template says of columns of an address, whose codes it mixes up.
ADDRESS: dict[str, str] = DATA["lines"]
ADDRESSES = ("org_Shipping", "prs_Mailing", "hte_")

Values = dict[str, str]


@dataclass
class HtcdsRecord:
    """What a file says of one person in one case, or of a case alone, by field of the standard."""

    case: str
    person: str = ""
    said: Values = field(default_factory=dict)
    parts: dict[str, list[Values]] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)  # in the sheet, the header being 1
    part_rows: dict[str, list[int]] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        return self.case, self.person

    def row_of(self, part: str = "", number: int = 0) -> int:
        return self.part_rows[part][number] if part else self.rows[0]

    def without_what_stays(self) -> dict[str, object]:
        """What a file of ours may say of it, field by field and part by part."""
        kept: dict[str, Any] = _leaving(self.said)
        for part, rows in self.parts.items():
            if left := [row for row in map(_leaving, rows) if row]:
                kept[part] = left
        return kept


def _leaving(values: Values) -> Values:
    written = {name: _fitting(name, text) for name, text in values.items() if leaves(name)}
    return {name: text for name, text in written.items() if text}


def _fitting(name: str, text: str) -> str:
    """As the standard has room for it: one industry, and sixteen of our means of control."""
    if name == "vic_ForcedLabourIndustry":
        return text.partition(BETWEEN)[0]
    if name == "vic_MethodsOfControl":
        return BETWEEN.join(
            choice for choice in text.split(BETWEEN) if choice not in NOT_IN_PICKLIST
        )
    return text


def leaves(name: str) -> bool:
    return name in LEAVING


def lines(people: list[HtcdsRecord]) -> list[list[str]]:
    """The table of a file: its header, then the people by their keys."""
    table = [list(HEADER)]
    for person in sorted(people, key=lambda person: person.key):
        rows = max([1, *(len(some) for some in person.parts.values())])
        for number in range(rows):
            values = dict(person.said) if number == 0 else {}
            for some in person.parts.values():
                values |= some[number] if number < len(some) else {}
            table.append([person.case, person.person, *(values.get(name, "") for name in CURRENT)])
    return table


def column(name: str) -> str:
    """The field of the standard that a column is, however its source spells it; else nothing."""
    name = name.strip()
    name = SPELT_ELSEWHERE.get(name, name)
    return name if name in FIELDS or name in KEYS else ""


def code(of: Field, text: str) -> str | None:
    """The code of the standard for what a file says, with what its sources spell otherwise."""
    if text in of.codes:
        return text
    if of.name == "vic_MethodsOfControl":
        return _control(text)
    spelt = CODES_SPELT_ELSEWHERE.get(text) or CODES_SPELT_ELSEWHERE.get(f"{text} ")
    if spelt in of.codes:
        return str(spelt)
    return text if of.open else None


def _control(text: str) -> str | None:
    """Also by the names of the page of definitions, which has one more than the picklist."""
    for ours, (defined, _file, _synthetic) in CONTROLS.items():
        if text in (ours, defined, defined.removeprefix("MethodsOfControl")):
            return str(ours)
    return None
