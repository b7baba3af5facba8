"""The statutes as data: loaded from a file, added to, never overwritten."""

from __future__ import annotations

import json
from pathlib import Path

from places.models import Jurisdiction
from prosecutions.models import Provision

FILE = Path(__file__).parents[1] / "data" / "provisions.json"


def load_provisions() -> int:
    """Add the provisions that are missing; returns how many. Run after every migration."""
    places = dict(Jurisdiction.objects.values_list("code", "pk"))
    added = 0
    for row in json.loads(FILE.read_text(encoding="utf-8")):
        _row, created = Provision.objects.get_or_create(
            jurisdiction_id=places[row["jurisdiction"]],
            statute=row["statute"],
            number=row["provision"],
            in_force_from=row["in_force_from"],
            defaults={
                "title": row["title"],
                "offence": row["offence"],
                "min_years": row["min_years"],
                "max_years": row["max_years"],
                "life_possible": row["life_possible"],
                "fine": row["fine"] or "",
                "iccs": row["iccs"] or "",
                "verified": row["verified"],
                "in_force_to": row["in_force_to"],
                "note": row["note"] or "",
            },
        )
        added += created
    return added
