"""Bodies about files of other organisations, and of files that leave."""

from __future__ import annotations

from typing import Any

from exchange.standards.looking import Looked
from exchange.standards.writing import Whose
from tests import factories
from tests.exchange.moving import CASE, filled, sent
from tests.factories import programs
from tests.factories.people import place

SAID = {"source": "Invented partner", "programme": "csec", "jurisdiction": "IN-WB-KOL"}


def of_exchange(user: Any) -> dict[str, tuple[Any, Any]]:
    home, kolkata = user.home_office, factories.office()
    return {
        "htcds-imports/": (
            _looked_at("a", home or kolkata, user),
            _looked_at("b", kolkata, user) | {"office": "kolkata"},
        ),
        "webhook-hosts/": tuple({"host": f"{word}.example.net"} for word in ("one", "two")),
        f"webhook-hosts/{programs.host().pk}/allow/": ({}, None),
        f"webhook-hosts/{programs.host().pk}/end/": ({}, None),
        "workbook-imports/": (_workbook("a"), _workbook("b") | {"office": "kolkata"}),
    }


def files() -> dict[str, list[Any]]:
    """What is looked at, and what is given out: nothing is kept of it, so that it takes no key."""
    return {
        "htcds-imports/preview/": [SAID | {"text": _text("c")}],
        "htcds-exports/": [{"to": "own", "reason": "moving"}],
        "ctdc-exports/": [{"year": 2025, "reason": "ctdc"}],
    }


def _workbook(key: str) -> dict[str, Any]:
    return {"workbook": sent(filled(cases=[CASE | {"key": key}]))}


def _text(key: str) -> str:
    return f"case_id,person_id,prs_Gender\n{key},{key},Feminine\n"


def _looked_at(key: str, office: Any, user: Any) -> dict[str, Any]:
    """With the digest of its preview, by whoever."""
    whose = Whose(SAID["source"], office, SAID["programme"], place(SAID["jurisdiction"]))
    digest = Looked(_text(key), whose, user).preview().digest
    return SAID | {"text": _text(key), "digest": digest}
