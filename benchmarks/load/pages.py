"""What each role opens and writes, by its name, with its address and how often beside the others.

`{cases}` is a case that the person may open, `{survivors}` a survivor.
"""

from __future__ import annotations

import random
from typing import Any

# How many there are of each, beside the others.
WEIGHTS = {
    "field_officer": 8,
    "case_manager": 7,
    "legal_officer": 4,
    "aftercare_worker": 4,
    "programme_manager": 1,
    "program": 1,
    "arriving": 1,
}
OPENS: dict[str, dict[str, tuple[str, int]]] = {
    "field_officer": {
        "Today": ("/", 5),
        "a case": ("/cases/{cases}/", 3),
        "list of cases": ("/cases/", 2),
    },
    "case_manager": {
        "Today": ("/", 3),
        "To do": ("/to-do/", 2),
        "a case": ("/cases/{cases}/", 5),
        "list of survivors": ("/cases/survivors/", 2),
    },
    "legal_officer": {
        "docket": ("/docket/", 4),
        "a case, court": ("/cases/{cases}/court/", 4),
        "list of hearings": ("/cases/hearings/", 2),
        "list of suspects": ("/cases/suspects/", 2),
    },
    "aftercare_worker": {
        "a survivor": ("/survivors/{survivors}/", 5),
        "a case, care": ("/cases/{cases}/care/", 3),
        "list of referrals": ("/cases/referrals/", 2),
    },
    "programme_manager": {
        "dashboard": ("/dashboards/programme/", 2),
        "page of reports": ("/reports/", 1),
    },
    "program": {
        "API: 50 cases": ("/api/v1/cases/?limit=50", 3),
        "API: 50 hearings": ("/api/v1/hearings/?limit=50", 1),
    },
}
RESCUE, NOTE = "log a rescue", "write a note"
WRITES = {
    "field_officer": {RESCUE: ("/api/v1/rescue-reports/", 1)},
    "case_manager": {NOTE: ("/api/v1/notes/", 1)},
    "aftercare_worker": {NOTE: ("/api/v1/notes/", 1)},
}
RESCUED = {
    "occurred_at": "2026-11-20T05:52:00+05:30",
    "jurisdiction": "IN-WB-KOL",
    "programme": "csec",
    "narrative": "Invented: the door was opened without force.",
    "people": [{"sex": "female", "age_months": 120 + n} for n in range(4)],
    "arrests": [{"role": "owner", "name": "Invented Offender"}],
}
NOTED = {"happened_on": "2026-11-20", "kind": "phone_call", "text": "Invented: came on time."}


def address(path: str, person: dict[str, Any]) -> str:
    """For this person; a different one of their cases or survivors each time."""
    kinds = (kind for kind in ("cases", "survivors") if f"{{{kind}}}" in path)
    return path.format(**{kind: random.choice(person[kind]) for kind in kinds})


def body(name: str, person: dict[str, Any]) -> dict[str, Any]:
    return RESCUED if name == RESCUE else NOTED | {"case": random.choice(person["own"])}
