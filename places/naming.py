"""What a place is called: by its code, as the reader calls it.

Countries by the catalogues, states, provinces and a few cities by `data/names/`, both of CLDR. In
English, and where neither has a word, it is the name that the organisation gave it.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from places.countries import COUNTRIES

NAMES = Path(__file__).parent / "data" / "names"


def named(code: str, name: str) -> str:
    language = get_language() or "en"
    if language.startswith("en"):
        return name
    return str(COUNTRIES[code]) if code in COUNTRIES else _parts(language).get(code, name)


def meant_by(typed: str) -> list[str]:
    """The codes of places in whose name, as the reader calls them, this is."""
    rows = [*COUNTRIES.items(), *_parts(get_language() or "en").items()]
    return [code for code, name in rows if typed.casefold() in str(name).casefold()]


@cache
def _parts(language: str) -> dict[str, str]:
    """By their code what states, provinces and cities are called in a language, where CLDR has a
    name for them."""
    file = NAMES / f"{language}.json"
    known: dict[str, str] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    return known
