"""Offenders whose name or other name sounds so, among those open to whoever asks.

The operators of `pg_trgm` are not leakproof, so row security runs before them and no index helps.
One function of the owner's therefore finds by the index and asks for each row the sentence of the
policies itself (core/wall/sounds.sql). Calling the operators leakproof would be untrue.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from django.db import connection

from core.sounds import Word, words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

MOST_WORDS = 6


def sounding_like(name: str, most: int) -> dict[UUID, float]:
    """Records in whose names every one of these words sounds, by how like they are."""
    return _found([words(name.replace("-", ""))[:MOST_WORDS]], most)


def perhaps_called(names: Iterable[str], most: int) -> dict[UUID, float]:
    """Records called like one of these names, or like two words of it: people leave words out."""
    parts = []
    for name in sorted(names):
        pieces = words(name.replace("-", ""))[:MOST_WORDS]
        parts += [list(pair) for pair in combinations(pieces, 2)] or [pieces]
    return _found(parts, most)


def _found(parts: list[list[Word]], most: int) -> dict[UUID, float]:
    """The wall is asked by the database, in the same statement."""
    asked = [(word, number) for number, part in enumerate(parts) for word in part]
    if not asked:
        return {}
    spelt = [word.latin for word, _number in asked]
    heard = [word.heard or word.vowels for word, _number in asked]
    with connection.cursor() as cursor:
        cursor.execute(
            "select person, likeness from prosecutions_sounding_like(%s, %s, %s, %s)",
            [spelt, heard, [number for _word, number in asked], most],
        )
        return dict(cursor.fetchall())
