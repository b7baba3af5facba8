"""What a phone says with each piece of a box, and that it was this phone which said it.

Two headers: `Box-Manifest`, base64 of a JSON object, and `Box-Signature`, base64 of the 64 bytes
of ECDSA (P-256, SHA-256) over `casework box 1`, a zero byte, that JSON, and the SHA-256 of the
body. What is signed is what is sent, so that nobody has to write JSON in one way only.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key
from django.utils.dateparse import parse_datetime

from core.refusals import gettext as _
from intake.models import BoxKind
from intake.phones.keys import OVERHEAD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LONGEST = 2_000  # signs of a header
MOST_BOX = 25_000_000  # bytes; less of a kind that holds words alone
MOST_OF = dict.fromkeys(set(BoxKind) - {BoxKind.FILE}, 200_000)
MOST_OF[BoxKind.RESCUE] = 3_000_000  # with answers to own questions: a hundred in a set
MOST_PART = 512_000
LARGEST_KEY = 65_535
DIGEST, SIGNATURE, HALF = 32, 64, 32  # bytes
SAID = b"casework box 1\0"


class Malformed(Exception):
    """What is wrong, by field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


@dataclass(frozen=True)
class Manifest:
    """`phone`: the fingerprint of its key. `size` and `sha256` are of the whole box; this piece
    begins `at` a byte of it. The moments are by the clock of the phone."""

    phone: bytes
    box: UUID
    kind: str
    key: int
    written_at: datetime
    sent_at: datetime
    size: int
    sha256: bytes
    at: int


def read(text: str) -> tuple[Manifest, bytes]:
    """The manifest, and its bytes as they were sent. Raises `Malformed`."""
    try:
        raw = base64.b64decode(text if len(text) <= LONGEST else "", validate=True)
        content = orjson.loads(raw)
    except (binascii.Error, ValueError):
        raise Malformed({"Box-Manifest": _("This is not base64 of a JSON object.")}) from None
    if not isinstance(content, dict):
        raise Malformed({"Box-Manifest": _("This is not base64 of a JSON object.")})
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name, (take, words) in FIELDS.items():
        try:
            values[name] = take(content.get(name))
        except (ValueError, TypeError, OverflowError, AttributeError):
            errors[name] = str(words())
    errors |= {str(name)[:40]: _("There is no such field.") for name in content.keys() - FIELDS}
    if not errors and values["size"] > MOST_OF.get(values["kind"], MOST_BOX):
        errors["size"] = _("A box of this kind cannot be this large.")
    if errors:
        raise Malformed(errors)
    return Manifest(**values), raw


def is_signed(text: str, raw: bytes, body: bytes, key: bytes) -> bool:
    """Whether the phone with this key said so."""
    return verified(text, SAID + raw + sha256(body).digest(), key)


def verified(text: str, message: bytes, key: bytes) -> bool:
    """Whether this is the signature (base64) of the phone with this key under this message."""
    try:
        signature = base64.b64decode(text if len(text) <= LONGEST else "", validate=True)
    except (binascii.Error, ValueError):
        return False
    half = load_der_public_key(key)
    if len(signature) != SIGNATURE or not isinstance(half, EllipticCurvePublicKey):
        return False
    r, s = (int.from_bytes(part, "big") for part in (signature[:HALF], signature[HALF:]))
    try:
        half.verify(encode_dss_signature(r, s), message, ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def _digest(value: object) -> bytes:
    digest = bytes.fromhex(_text(value))
    if len(digest) != DIGEST:
        raise ValueError
    return digest


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _id(value: object) -> UUID:
    pk = UUID(_text(value))
    if str(pk) != value:
        raise ValueError
    return pk


def _kind(value: object) -> str:
    return BoxKind(_text(value)).value


def _moment(value: object) -> datetime:
    moment = parse_datetime(_text(value))
    if moment is None or moment.tzinfo is None:
        raise ValueError
    if not FIRST_YEAR <= moment.astimezone(UTC).year <= LAST_YEAR:
        raise ValueError
    return moment


def _number(least: int, most: int) -> Callable[[object], int]:
    def take(value: object) -> int:
        if type(value) is not int or not least <= value <= most:
            raise ValueError
        return value

    return take


FIRST_YEAR, LAST_YEAR = 1970, 2100  # clocks of phones that were switched off begin anew
MOMENT = (_moment, lambda: _("Give a date and time with its offset."))
FIELDS: dict[str, tuple[Callable[[object], object], Callable[[], str]]] = {
    "phone": (_digest, lambda: _("Give the SHA-256 of the public key, in hexadecimal digits.")),
    "box": (_id, lambda: _("This is not an id.")),
    "kind": (_kind, lambda: _("There is no such kind of box.")),
    "key": (_number(1, LARGEST_KEY), lambda: _("This is not the number of a key.")),
    "written_at": MOMENT,
    "sent_at": MOMENT,
    "size": (_number(OVERHEAD, MOST_BOX), lambda: _("A box has at most 25,000,000 bytes.")),
    "sha256": (_digest, lambda: _("Give the SHA-256 of the whole box, in hexadecimal digits.")),
    "at": (_number(0, MOST_BOX), lambda: _("This is not a place in the box.")),
}
