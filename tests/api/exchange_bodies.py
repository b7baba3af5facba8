"""Bodies about files of other organisations, and of files that leave."""

from __future__ import annotations

from typing import Any

from core.idempotency import digest_of
from exchange.standards.looking import Looked
from exchange.standards.writing import Whose
from tests import factories
from tests.exchange.moving import CASE, filled, sent
from tests.factories.people import place

SAID = {"source": "Invented partner", "programme": "csec", "jurisdiction": "IN-WB-KOL"}


def of_exchange(user: Any) -> dict[str, tuple[Any, Any]]:
    home, kolkata = user.home_office, factories.office()
    return {
        "htcds-imports/": (
            _looked_at("a", home or kolkata, user),
            _looked_at("b", kolkata, user) | {"office": "kolkata"},
        ),
        "workbook-imports/": (
            _workbook("a", home or kolkata),
            _workbook("b", kolkata) | {"office": "kolkata"},
        ),
    }


def files() -> dict[str, list[Any]]:
    """What is looked at, and what is given out: nothing is kept of it, so that it takes no key."""
    return {
        "htcds-imports/preview/": [SAID | {"text": _text("c")}],
        "workbook-imports/preview/": [{"workbook": _workbook("c", None)["workbook"]}],
        "htcds-exports/": [{"to": "own", "reason": "moving"}],
        "ctdc-exports/": [{"year": 2025, "reason": "ctdc"}],
    }


def _workbook(key: str, office: Any) -> dict[str, Any]:
    """One case, with the digest of its preview."""
    content = filled(cases=[CASE | {"key": key}])
    digest = digest_of(content, str(office.pk).encode()).hex() if office else ""
    return {"workbook": sent(content), "digest": digest}


def _text(key: str) -> str:
    return f"case_id,person_id,prs_Gender\n{key},{key},Feminine\n"


def _looked_at(key: str, office: Any, user: Any) -> dict[str, Any]:
    """With the digest of its preview, by whoever."""
    whose = Whose(SAID["source"], office, SAID["programme"], place(SAID["jurisdiction"]))
    digest = Looked(_text(key), whose, user).preview().digest
    return SAID | {"text": _text(key), "digest": digest}
