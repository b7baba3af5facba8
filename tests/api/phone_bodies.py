"""Bodies about phones and what they delivered."""

from __future__ import annotations

import base64
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.api.care_bodies import our_provider
from tests.factories import phones


def _new() -> dict[str, Any]:
    half = generate_private_key(SECP256R1()).public_key()
    key = half.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return {"public_key": base64.b64encode(key).decode(), "name": "Invented phone"}


def of_phones(user: Any) -> dict[str, tuple[Any, Any]]:
    return {
        "phones/": (_new(), _new()),
        f"phones/{phones.phone(user).pk}/end/": ({"ended_for": "lost"}, {"ended_for": "stopped"}),
    }


def of_extracts(case: Any, user: Any) -> dict[str, tuple[Any, Any]]:
    """To two phones of the caller."""
    here = {"case": str(case.pk), "reason": "No signal at the court"}
    return {
        "extracts/": tuple(here | {"phone": phones.phone(user).mark} for _one in range(2)),
        f"extracts/{phones.extract(case, phones.phone(user)).pk}/end/": ({}, None),
    }


def _phone() -> Any:
    """Of the caller of these tests."""
    return phones.phone(our_provider().staff.get().user)


LISTS: dict[str, Any] = {"phones/": _phone, "boxes/": lambda: phones.box(_phone())}
LISTS["extracts/"] = phones.extract


def of_boxes(user: Any) -> dict[str, list[Any]]:
    """What is read, and what goes by the version that was read."""
    return {
        f"boxes/{phones.box(phones.phone(user)).pk}/open/": [{}],
        f"boxes/{phones.box(phones.phone(user)).pk}/put-away/": [{"away_for": "twice"}],
    }
