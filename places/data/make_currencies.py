"""Write `currencies.json`: what each country of `countries.json` pays with (CLDR, by Babel). Run at
development time only:

python places/data/make_currencies.py
"""

from __future__ import annotations

import json
from pathlib import Path

from babel.numbers import get_territory_currencies

HERE = Path(__file__).parent
FILE = HERE / "currencies.json"


def own(country: str) -> str:
    """Of several the one named after the country; nothing where none is in use."""
    used = [str(code) for code in get_territory_currencies(country)]
    return next((code for code in used if code.startswith(country)), used[0] if used else "")


if __name__ == "__main__":
    countries = json.loads((HERE / "countries.json").read_text(encoding="utf-8"))
    rows = {code: currency for code in sorted(countries) if (currency := own(code))}
    FILE.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
