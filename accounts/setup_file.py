"""An organisation written down in a file of TOML: places, agencies, choices, offices and people.

Only its shape is looked at here: every fault with the line and the key, so that the file can be
put right at once. What the rows may be is said by the verbs (`accounts/set_up.py`).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import MISSING, Field, dataclass, field, fields
from datetime import date
from typing import Generic, TypeVar

from accounts.columns import NewOffice
from places.columns import NewAgency, NewChoice, NewPlace

Row = TypeVar("Row")
TABLE, ANY_TABLE = re.compile(r"\s*\[\[\s*(\w+)\s*\]\]"), re.compile(r"\s*\[")
KEY = re.compile(r"\s*([\w-]+)\s*=")
KINDS = {"str": "a text of one line in quotation marks", "tuple[str, ...]": "a list of texts"}
KINDS["bool"] = "true or false, without quotation marks"
KINDS["int | None"] = "a whole number, without quotation marks"
KINDS["dict[str, str] | None"] = 'names by language, such as {en = "Houseboat"}'
KINDS["date | None"] = "a day, such as 2026-11-29, without quotation marks"


@dataclass(frozen=True)
class NewPerson:
    """`office` by its short name; `roles` by their codes, each of them in this office."""

    name: str
    username: str
    email: str
    office: str
    roles: tuple[str, ...]
    reason: str = "Set up from a file"


@dataclass(frozen=True)
class Spot:
    """Where a row is in the file. `lines` of its keys; 0: the file is written so that nobody can
    tell."""

    table: str
    number: int
    line: int = 0
    lines: dict[str, int] = field(default_factory=dict)

    def says(self, words: object, key: str | None = None) -> str:
        line = self.lines.get(key or "", self.line)
        where = f"line {line}, " if line else ""
        return f"{where}{self.table}[{self.number}]{f'.{key}' if key else ''}: {words}"


@dataclass(frozen=True)
class Entry(Generic[Row]):
    """A row and where it is written."""

    row: Row
    spot: Spot


@dataclass(frozen=True)
class Plan:
    places: list[Entry[NewPlace]]
    agencies: list[Entry[NewAgency]]
    choices: list[Entry[NewChoice]]
    offices: list[Entry[NewOffice]]
    people: list[Entry[NewPerson]]


class Faulty(Exception):
    """The file is wrong; `faults`: a line for each reason."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def read(text: str) -> Plan:
    """What the file asks for. Raises `Faulty`."""
    try:
        tables: dict[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Faulty([f"This is not TOML: {error}"]) from None
    faults = [
        f"{name}: No such table. Known are {', '.join(Plan.__annotations__)}."
        for name in tables
        if name not in Plan.__annotations__
    ]
    plan = Plan(
        _rows(tables, "places", NewPlace, text, faults),
        _rows(tables, "agencies", NewAgency, text, faults),
        _rows(tables, "choices", NewChoice, text, faults),
        _rows(tables, "offices", NewOffice, text, faults),
        _rows(tables, "people", NewPerson, text, faults),
    )
    if faults:
        raise Faulty(faults)
    return plan


def _rows(
    tables: dict[str, object], name: str, kind: type[Row], text: str, faults: list[str]
) -> list[Entry[Row]]:
    table = tables.get(name, [])
    if not isinstance(table, list) or not all(isinstance(row, dict) for row in table):
        faults.append(f"{name}: Write each of them below a line [[{name}]].")
        return []
    entries = []
    for values, spot in zip(table, _spots(name, len(table), text), strict=True):
        pairs = [*_wrong(values, kind)]
        faults += [spot.says(words, key) for key, words in pairs]
        if not pairs:
            given = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
            entries.append(Entry(kind(**given), spot))
    return entries


def _wrong(values: dict[str, object], kind: type[object]) -> list[tuple[str, str]]:
    """Keys and what is wrong with them."""
    known: dict[str, Field[object]] = {shape.name: shape for shape in fields(kind)}  # type: ignore[arg-type]
    faults = [
        (key, f"No such key. Known are {', '.join(known)}.") for key in values if key not in known
    ]
    for key, shape in known.items():
        if key not in values:
            if shape.default is MISSING:
                faults.append((key, "This is missing."))
        elif not _fits(values[key], str(shape.type)):
            faults.append((key, f"Write {KINDS[str(shape.type)]}."))
    return faults


def _fits(value: object, kind: str) -> bool:
    if kind == "date | None":
        return type(value) is date
    if kind == "int | None":
        return type(value) is int
    if kind == "dict[str, str] | None":
        return isinstance(value, dict) and all(_fits(part, "str") for part in value.values())
    if kind == "bool":
        return isinstance(value, bool)
    if kind == "str":
        return isinstance(value, str) and value.isprintable()
    return isinstance(value, list) and bool(value) and all(_fits(part, "str") for part in value)


def _spots(name: str, count: int, text: str) -> list[Spot]:
    """Where each row of this table is written, if each has a line `[[table]]` of its own."""
    spots: list[Spot] = []
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if ANY_TABLE.match(line) and not line.rstrip().endswith("="):
            header = TABLE.match(line)
            inside = bool(header and header[1] == name)
            if inside:
                spots.append(Spot(name, len(spots) + 1, number))
        elif inside and (key := KEY.match(line)):
            spots[-1].lines.setdefault(key[1], number)
    return spots if len(spots) == count else [Spot(name, n + 1) for n in range(count)]
