"""Offenders whose name or other name sounds so, among those open to whoever asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from core.sounds import words

if TYPE_CHECKING:
    from uuid import UUID

MOST_WORDS = 6


def sounding_like(name: str, most: int) -> dict[UUID, float]:
    """Records by how like they are, the likest first; the wall is asked by the database."""
    asked = words(name)[:MOST_WORDS]
    if not asked:
        return {}
    spelt = [word.latin for word in asked]
    heard = [word.heard or word.vowels for word in asked]
    with connection.cursor() as cursor:
        cursor.execute(
            "select person, likeness from prosecutions_sounding_like(%s, %s, %s)",
            [spelt, heard, most],
        )
        return {person: likeness / len(asked) for person, likeness in cursor.fetchall()}
