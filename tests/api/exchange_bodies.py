"""Bodies about files of other organisations."""

from __future__ import annotations

from typing import Any

from accounts.models import Office
from exchange.services.htcds import preview_htcds
from places.models import Jurisdiction


def of_exchange(user: Any) -> dict[str, tuple[Any, Any]]:
    return {"htcds-imports/": (_file(user, "a"), _file(user, "b") | {"office": "kolkata"})}


def _file(user: Any, key: str) -> dict[str, Any]:
    """One that was looked at."""
    said = {
        "text": f"case_id,person_id,prs_Gender\n{key},{key},Feminine\n",
        "source": "Invented partner",
        "programme": "csec",
        "jurisdiction": "IN-WB-KOL",
    }
    rows = {
        "jurisdiction": Jurisdiction.objects.by_code("IN-WB-KOL"),
        "office": Office.objects.get(code="kolkata"),
    }
    return said | {"digest": preview_htcds(actor=user, **(said | rows)).digest}
