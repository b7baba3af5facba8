"""What of a file has no field of its own here, in words for a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exchange.standards.htcds import BETWEEN, CODES, FIELDS
from victims.enums import Sex

if TYPE_CHECKING:
    from exchange.standards.htcds import HtcdsRecord, Values


def lines(values: Values, goes: tuple[str, ...] = ("note",)) -> list[str]:
    """Field by field, as the file said it."""
    return [f"{name}: {text}" for name, text in values.items() if FIELDS[name].goes in goes]


def part_lines(person: HtcdsRecord, *, only: str = "", but: str = "") -> list[str]:
    """The same of what repeats, a line each time."""
    return [
        ", ".join(f"{name}: {text}" for name, text in row.items())
        for part, rows in person.parts.items()
        if part != but and (not only or part == only)
        for row in rows
    ]


def lost(values: Values) -> list[str]:
    """What its field here takes only in part."""
    return [f"{name}: {text}" for name, text in values.items() if _in_part(name, text)]


def _in_part(name: str, text: str) -> bool:
    if name == "prs_Citizenship":
        return BETWEEN in text
    if name == "prs_Gender":
        return bool(CODES["sexes"][text] == Sex.OTHER)
    if FIELDS[name].kind == "language":
        return text not in CODES["languages"].values()
    return name == "per_RoleInProcess"
