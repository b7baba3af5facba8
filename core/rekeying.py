"""Bring every encrypted value to the first key, so that the keys before it can go.

What is left to do stands in the values themselves, so the work may stop anywhere and go on later.
"""

from __future__ import annotations

import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from django.apps import apps
from django.db import connection, transaction

from core.fields import EncryptedTextField
from core.keys import crypto

if TYPE_CHECKING:
    from collections.abc import Iterator

BATCH = 1000
PASSES, PAUSE = 60, 1.0  # rows that someone else holds are passed over, and tried again


class NotTheOwner(Exception):
    """Under the walls most rows cannot be seen, and would be left behind without a word."""


class StillHeld(Exception):
    """Rows that other transactions held all the time."""


@dataclass(frozen=True)
class Column:
    """A column of ciphertext, and how its rows are known."""

    table: str
    name: str
    key: str
    key_type: str

    def place(self, key: object) -> str:
        return f"{self.table}|{self.name}|{key}"

    def __str__(self) -> str:
        return f"{self.table}.{self.name}"


@dataclass
class Rehearsed:
    """How many values of one place were opened, and where those are that do not open."""

    values: int = 0
    shut: list[str] = field(default_factory=list)

    def try_one(self, old: bytes, place: str, row: str = "") -> None:
        """Open it, and seal it as a change of keys would; nothing is written."""
        self.values += 1
        try:
            crypto.decrypt(_fresh(old, place), place)
        except crypto.Unreadable:
            self.shut.append(row or place)


class Elsewhere(Protocol):
    """Ciphertext that is no column of its own; whoever keeps it brings it over."""

    def by_key(self) -> Counter[int]: ...

    def bring_over(self) -> int: ...

    def rehearse(self) -> Rehearsed: ...


elsewhere: list[Elsewhere] = []


def columns() -> list[Column]:
    """Every column that holds ciphertext."""
    holders: list[Column] = []
    for model in apps.get_models():
        meta: Any = model._meta
        by_hand = getattr(model, "ciphertexts", ())
        holders += [
            Column(meta.db_table, field.column, meta.pk.column, meta.pk.rel_db_type(connection))
            for field in meta.local_concrete_fields
            if isinstance(field, EncryptedTextField) or field.name in by_hand
        ]
    # The value that says which keys open the rest goes over last.
    return sorted(holders, key=lambda column: column.table == "core_installation")


def by_key() -> Counter[int]:
    """How many values there are of each key, also of those that FIELD_KEYS no longer names."""
    _require_owner()
    counts = Counter(dict.fromkeys(crypto.key_numbers(), 0))
    for column in columns():
        for number, values in _rows(
            f"select get_byte({column.name}, 1) * 256 + get_byte({column.name}, 2), count(*)"
            f" from {column.table} where {column.name} is not null group by 1"
        ):
            counts[number] += values
    for place in elsewhere:
        counts.update(place.by_key())
    return counts


def reencrypt() -> Iterator[tuple[Column | Elsewhere, int]]:
    """Column by column, a commit for each batch; says how many values were brought over."""
    _require_owner()
    for attempt in range(PASSES):
        if attempt:
            time.sleep(PAUSE)
        for column in columns():
            if done := sum(_batches(column)):
                yield column, done
        for place in elsewhere:
            if done := place.bring_over():
                yield place, done
        if not _left():
            return
    raise StillHeld


def rehearse() -> Iterator[tuple[Column | Elsewhere, Rehearsed]]:
    """With the keys that are set, in transactions that may not write."""
    _require_owner()
    for column in columns():
        yield column, _tried(column)
    for place in elsewhere:
        with _read_only():
            yield place, place.rehearse()


@contextmanager
def _read_only() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set transaction read only")
        yield


def _tried(column: Column) -> Rehearsed:
    trial = Rehearsed()
    after: list[Any] = []
    select = f"select {column.key}, {column.name} from {column.table} where {column.name}"
    while True:
        beyond = f"and {column.key} > %s" if after else ""
        with _read_only():
            rows = _rows(
                f"{select} is not null {beyond} order by {column.key} limit {BATCH}", *after
            )
        for key, old in rows:
            trial.try_one(bytes(old), column.place(key))
        if not rows:
            return trial
        after = [rows[-1][0]]


def _left() -> int:
    counts = by_key()
    return counts.total() - counts[crypto.key_numbers()[0]]


def _batches(column: Column) -> Iterator[int]:
    after: list[Any] = []
    while rows := _batch(column, after):
        after = [rows[-1]]
        yield len(rows)


@transaction.atomic
def _batch(column: Column, after: list[object]) -> list[tuple[object, ...]]:
    """Re-encrypt up to a thousand values beyond this key; return their rows' keys in order."""
    beyond = f"and {column.key} > %s" if after else ""
    rows = _rows(
        f"select {column.key}, {column.name} from {column.table}"
        f" where substring({column.name} from 1 for 3) <> %s {beyond}"
        f" order by {column.key} limit {BATCH} for update skip locked",
        crypto.mark(crypto.key_numbers()[0]),
        *after,
    )
    keys = [key for key, _old in rows]
    fresh = [_fresh(bytes(old), column.place(key)) for key, old in rows]
    with connection.cursor() as cursor:
        cursor.execute(
            f"update {column.table} t set {column.name} = fresh.value"
            f" from unnest(%s::{column.key_type}[], %s::bytea[]) fresh (key, value)"
            f" where t.{column.key} = fresh.key",
            [[str(key) for key in keys], fresh],
        )
    return keys


def _fresh(old: bytes, place: str) -> bytes:
    try:
        return crypto.encrypt(crypto.decrypt(old, place), place)
    except crypto.Unreadable as exc:
        raise crypto.Unreadable(f"{place}: {exc}") from None


def _require_owner() -> None:
    tables = sorted({column.table for column in columns()})
    query = (
        "select tablename from pg_tables where tablename = any (%s) and tableowner = current_user"
    )
    if len(_rows(query, tables)) < len(tables):
        raise NotTheOwner


def _rows(statement: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
