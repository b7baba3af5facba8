"""AES-256-GCM with named keys. The place of a value is bound to it: a ciphertext moved to another
table, column or row no longer opens."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

FORMAT = b"\x01"


class Unreadable(Exception):
    """A ciphertext that does not open: wrong key, or not where it was written."""


@lru_cache
def _ring(spec: str) -> tuple[int, dict[int, AESGCM]]:
    """`"2:<base64>,1:<base64>"`: the first key encrypts, all of them decrypt."""
    keys = {}
    for part in spec.split(","):
        number, _, text = part.strip().partition(":")
        key = base64.b64decode(text, validate=True)
        if len(key) != 32:
            raise ImproperlyConfigured("FIELD_KEYS: each key must be 32 bytes, base64.")
        keys[int(number)] = AESGCM(key)
    return next(iter(keys)), keys


def key_numbers() -> list[int]:
    """The numbers of the keys there are; the first encrypts."""
    return list(_ring(settings.FIELD_KEYS)[1])


def fingerprints(spec: str | None = None) -> dict[int, str]:
    """Of each key what may be printed and compared by eye: of random bytes it tells nothing."""
    prints = {}
    for part in (spec or settings.FIELD_KEYS).split(","):
        number, _, text = part.strip().partition(":")
        digest = hashlib.sha256(b"a field key of Casework|" + base64.b64decode(text)).hexdigest()
        prints[int(number)] = " ".join(digest[at : at + 4] for at in range(0, 16, 4))
    return prints


def mark(number: int) -> bytes:
    """How a value begins that was encrypted with this key."""
    return FORMAT + number.to_bytes(2, "big")


def number_of(blob: bytes) -> int:
    """The number of the key that this value was encrypted with."""
    return int.from_bytes(blob[1:3], "big")


def derived(purpose: str, number: int) -> bytes | None:
    """A secret for one purpose that follows from this key; nothing where the key is not there."""
    for part in settings.FIELD_KEYS.split(","):
        name, _, text = part.strip().partition(":")
        if int(name) == number:
            return hmac.digest(base64.b64decode(text, validate=True), purpose.encode(), "sha256")
    return None


def encrypt(text: bytes, place: str) -> bytes:
    number, keys = _ring(settings.FIELD_KEYS)
    nonce = os.urandom(12)
    body = keys[number].encrypt(nonce, text, place.encode())
    return mark(number) + nonce + body


def opens(blob: bytes, place: str, keys: str) -> bool:
    """Whether one of these keys opens it."""
    try:
        decrypt(blob, place, keys)
    except Unreadable:
        return False
    return True


def decrypt(blob: bytes, place: str, spec: str | None = None) -> bytes:
    _, keys = _ring(spec or settings.FIELD_KEYS)
    key = keys.get(number_of(blob))
    if blob[:1] != FORMAT or key is None:
        raise Unreadable("unknown format or key number")
    try:
        return key.decrypt(blob[3:15], blob[15:], place.encode())
    except (InvalidTag, ValueError) as exc:
        raise Unreadable("the ciphertext does not belong here") from exc
