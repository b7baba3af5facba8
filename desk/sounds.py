"""Names that sound alike: compared by their Latin keys word by word, and by their consonants.

A key keeps what was written; spellings of one name differ most in their vowels, and several scripts
write none. So a word fits by its letters in groups of three (pg_trgm), or by its consonants, with
those taken as one that are exchanged in transcription: w, v, b; q, c, k; z, s; an h after another.
"""

from __future__ import annotations

from functools import reduce
from operator import add, and_
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import CharField, F, FloatField, Func, Q, Value
from django.db.models.functions import Greatest, Length, Replace
from django.db.models.lookups import GreaterThanOrEqual

from core.names import latin_key

BY_LETTERS, BY_CONSONANTS = 0.45, 0.6
MOST_WORDS = 6


class Consonants(Func):
    """What is left of a Latin key: its consonants, without doubles."""

    template = (
        "regexp_replace(translate(%(expressions)s, 'qcwvzyhaeiou', 'kkbbs'), '(.)\\1+', '\\1', 'g')"
    )
    output_field = CharField()


def words_of(text: str) -> list[str]:
    return latin_key(text).split()[:MOST_WORDS]


def sounding_like(rows: Any, words: list[str]) -> Any:
    """Rows with a key `latin` in which every one of these words sounds, the likest first."""
    said = _consonants(F("latin"))
    fewest = 1 if len(words) > 1 else 2  # “Ali” alone would be found in every Leela
    fits, likes = [], []
    for word in words:
        asked = _consonants(Value(word))
        by_letters = TrigramWordSimilarity(word, "latin")
        by_consonants = Func(asked, said, function="word_similarity", output_field=FloatField())
        fits.append(
            Q(GreaterThanOrEqual(by_letters, BY_LETTERS))
            | (
                Q(GreaterThanOrEqual(Length(asked), fewest))
                & Q(GreaterThanOrEqual(by_consonants, BY_CONSONANTS))
            )
        )
        likes.append(Greatest(by_letters, by_consonants))
    if not words:
        return rows.none()
    return rows.filter(reduce(and_, fits)).annotate(like=reduce(add, likes)).order_by("-like", "pk")


def _consonants(key: Any) -> Any:
    return Consonants(Replace(key, Value("x"), Value("ks")))
