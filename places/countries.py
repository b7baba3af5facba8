"""Countries by their code of ISO 3166-1, in the reader's words: what a nationality is chosen from.

The words are those of CLDR; `locale/make.py` takes them into the catalogues.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

FILE = Path(__file__).parent / "data" / "countries.json"
IN_ENGLISH: dict[str, str] = json.loads(FILE.read_text(encoding="utf-8"))
CONTEXT = "country"  # so that Georgia is no state, and Turkey no bird
COUNTRIES: dict[str, StrPromise] = {
    code: pgettext_lazy(CONTEXT, name) for code, name in IN_ENGLISH.items()
}
CHOICES = list(COUNTRIES.items())


def by_name() -> list[tuple[str, str]]:
    """In the order of the words the reader sees."""
    return sorted(((code, str(name)) for code, name in CHOICES), key=lambda pair: pair[1])


def country_in_words(code: str) -> str:
    """What is no code of a country stays as it is."""
    return str(COUNTRIES.get(code, code))
