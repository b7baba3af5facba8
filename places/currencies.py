"""The currency of a country, by ISO 4217, as CLDR has it (`data/make_currencies.py`)."""

from __future__ import annotations

import json
from pathlib import Path

FILE = Path(__file__).parent / "data" / "currencies.json"
CURRENCIES: dict[str, str] = json.loads(FILE.read_text(encoding="utf-8"))


def currency_of(country: str) -> str:
    """Nothing where a country has none of its own."""
    return CURRENCIES.get(country, "")
