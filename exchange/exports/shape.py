"""One row of a list as it stands in the file: as on the screen, or without identifiers.

Without them only the columns of `PLAIN` are kept, days become months and places their state; ids
become others that hold together within one file and lead nowhere outside it.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import uuid
from typing import TYPE_CHECKING, Any

from exchange.exports.offer import LINKS, PLAIN

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = re.compile(r"\d{4}-\d\d-\d\d(T.*)?")
MONTH = 7  # signs of 2026-11


def as_shown(shape: Any) -> tuple[list[str], Callable[[object], list[object]]]:
    """The columns of the list, and its row as their values."""
    columns = list(shape.fields)
    return columns, lambda row: [row.get(name) for name in columns]


class Without:
    """The rows of one file without identifiers. Its key is kept nowhere."""

    def __init__(self) -> None:
        self._key = os.urandom(32)

    def shape(self, name: str, shape: Any) -> tuple[list[str], Callable[[Any], list[Any]]]:
        plain = frozenset(PLAIN[name].split())
        columns = [field for field in shape.fields if field in plain | LINKS]
        return columns, lambda row: [
            self._value(column, row.get(column), plain) for column in columns
        ]

    def _value(self, name: str, value: object, plain: frozenset[str]) -> object:
        if isinstance(value, list):
            return [self._value(name, part, plain) for part in value]
        if isinstance(value, dict):
            kept = plain | LINKS
            return {
                key: self._value(key, part, plain) for key, part in value.items() if key in kept
            }
        if value is None or isinstance(value, bool | int | float):
            return value
        text = str(value)
        if name in LINKS:
            return self._other(text)
        if name == "jurisdiction":
            return "-".join(text.split("-")[:2])
        return text[:MONTH] if DAY.fullmatch(text) else text

    def _other(self, text: str) -> str:
        """Another id: the same for the same row, within this file."""
        made = hmac.new(self._key, text.encode(), hashlib.sha256).digest()
        return str(uuid.UUID(bytes=made[:16]))
