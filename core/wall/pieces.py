"""What the wall is made of: functions, triggers and policies, each a piece of SQL with a name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from core.wall import tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BEGINS = re.compile(r"^create (?:constraint )?(function|trigger|policy) (\w+)", re.MULTILINE)
ON = re.compile(r"\bon (\w+)")

# SQL made from a list of tables that an app keeps, by the file with the list. An app that is ready
# adds its own.
makers: dict[str, Callable[[], str]] = {}


class Name(NamedTuple):
    """Of one piece: of its kind, and on its table."""

    kind: str
    name: str
    table: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}" + (f" on {self.table}" if self.table else "")


class Piece(NamedTuple):
    name: Name
    sql: str
    source: str


def pieces() -> dict[Name, Piece]:
    """All of the wall: what the files say, and what is made from lists."""
    by_name: dict[Name, Piece] = {}
    for source, text in sources():
        for piece in _read(text, source):
            if piece.name in by_name:
                raise ValueError(f"{source} and {by_name[piece.name].source} say {piece.name}.")
            by_name[piece.name] = piece
    return by_name


def sources() -> Iterator[tuple[str, str]]:
    for path in sorted(Path(__file__).parent.glob("*.sql")):
        yield path.name, path.read_text(encoding="utf-8")
    yield "tables.py", tables.sql()
    for source, make in makers.items():
        yield source, make()


def _read(text: str, source: str) -> Iterator[Piece]:
    begun = list(BEGINS.finditer(text))
    ends = [piece.start() for piece in begun[1:]] + [len(text)]
    for piece, end in zip(begun, ends, strict=True):
        sql = _without_next(text[piece.start() : end])
        kind, name = piece.groups()
        on = ON.search(sql) if kind != "function" else None
        yield Piece(Name(kind, name, on[1] if on else ""), sql, source)


def _without_next(text: str) -> str:
    """Comments stand before what they are about: those at the end belong to the next piece."""
    lines = text.rstrip().splitlines()
    while lines[-1].startswith("--") or not lines[-1].strip():
        lines.pop()
    return "\n".join(lines)
