"""The world is loaded after every migration, and later added to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from places.models import Jurisdiction, jurisdiction_id

SOURCE = Path(__file__).parents[1] / "data" / "jurisdictions.json"


class Row(NamedTuple):
    """One place as `data/make.py` writes it."""

    code: str
    name: str
    level: str
    parent: str | None
    time_zone: str


def load_jurisdictions() -> int:
    """Add the places of the data file that are not there yet, and say how many they were.

    Rows already present stay as they are, so what an installation has corrected is kept and the
    file can grow. Run after every migration.
    """
    rows = [Row(*row) for row in json.loads(SOURCE.read_text(encoding="utf-8"))]
    ids = {row.code: jurisdiction_id(row.code) for row in rows}
    present = dict(Jurisdiction._default_manager.values_list("code", "id"))
    ids |= present
    missing = [
        Jurisdiction(
            id=ids[row.code],
            code=row.code,
            name=row.name,
            level=row.level,
            parent_id=ids[row.parent] if row.parent else None,
            time_zone=row.time_zone,
        )
        for row in rows
        if row.code not in present
    ]
    return len(Jurisdiction._default_manager.bulk_create(missing))
