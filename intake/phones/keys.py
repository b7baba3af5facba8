"""The keys of boxes: the phone seals to the public half, the server opens with the other.

They follow from the field keys, one pair from each (`core/keys/crypto.py`), so that they are kept,
printed, changed and lost with these and in no other way. HPKE (RFC 9180): DHKEM(P-256,
HKDF-SHA256), HKDF-SHA256, AES-256-GCM. The id of a box, its kind and its phone are bound into it.
"""

from __future__ import annotations

import base64
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    derive_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from core.keys import crypto
from core.keys.crypto import Unreadable

PURPOSE = "core.boxes"
SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the curve
OVERHEAD = KEM.P256.enc_length() + 16  # bytes of a box that seals nothing


def place_of(fingerprint: bytes, box: object, kind: str) -> bytes:
    """What is bound into a box: under another phone, id or kind it does not open."""
    return f"casework box 1|{fingerprint.hex()}|{box}|{kind}".encode()


def public(number: int | None = None) -> tuple[int, str]:
    """The number of a key, by itself the first, and its public half as phones take it (base64)."""
    number = number or crypto.key_numbers()[0]
    key = _private(_secret(number)).public_key()
    point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return number, base64.b64encode(point).decode()


def seal(text: bytes | bytearray, place: bytes, number: int | None = None) -> tuple[int, bytes]:
    """As a phone does: by which key, and the box."""
    number = number or crypto.key_numbers()[0]
    return number, SUITE.encrypt(text, _private(_secret(number)).public_key(), info=place)


def opened(sealed: bytes | bytearray, place: bytes, number: int) -> bytes:
    """What is in a box. Raises `Unreadable`."""
    try:
        return SUITE.decrypt(sealed, _private(_secret(number)), info=place)
    except (InvalidTag, ValueError) as exc:
        raise Unreadable("the box does not open") from exc


def _secret(number: int) -> bytes:
    secret = crypto.derived(PURPOSE, number)
    if secret is None:
        raise Unreadable(f"there is no field key {number}")
    return secret


@lru_cache(8)
def _private(secret: bytes) -> EllipticCurvePrivateKey:
    """The pair that follows from a secret: 48 bytes, so that no number is likelier than another
    (FIPS 186-5, A.2.1)."""
    wide = HKDF(SHA256(), 48, salt=None, info=PURPOSE.encode()).derive(secret)
    return derive_private_key(int.from_bytes(wide, "big") % (ORDER - 1) + 1, SECP256R1())
