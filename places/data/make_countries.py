"""Write `countries.json`: every country of ISO 3166-1 (pycountry). Run at development time only:

python places/data/make_countries.py
"""

from __future__ import annotations

import json
from pathlib import Path

import pycountry

FILE = Path(__file__).with_name("countries.json")

if __name__ == "__main__":
    named = {row.alpha_2: getattr(row, "common_name", row.name) for row in pycountry.countries}
    rows = sorted(named.items(), key=lambda row: row[1])
    FILE.write_text(json.dumps(dict(rows), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
