"""Signatures in the form of Standard Webhooks: the receiver knows who sent it, what, and when."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

PREFIX = "whsec_"


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def headers(of: Iterable[str], event: str, at: int, body: bytes) -> dict[str, str]:
    """What is sent beside the body: its id, the second of sending, and who says so, once for each
    secret that counts: while one replaces another a receiver knows either."""
    signed = f"{event}.{at}.".encode() + body
    return {
        "webhook-id": event,
        "webhook-timestamp": str(at),
        "webhook-signature": " ".join(_signature(each, signed) for each in of),
    }


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
