"""Countries by their code of ISO 3166-1: what a nationality is chosen from."""

from __future__ import annotations

import json
from pathlib import Path

FILE = Path(__file__).parent / "data" / "countries.json"
COUNTRIES: dict[str, str] = json.loads(FILE.read_text(encoding="utf-8"))
CHOICES = list(COUNTRIES.items())
