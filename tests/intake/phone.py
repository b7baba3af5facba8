"""A phone as a phone is: it seals to the public key it was given, and signs with its own."""

from __future__ import annotations

import base64
import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import orjson
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from django.utils import timezone

from intake.phones import keys
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Mapping

    from intake.models import Phone

REPORT = {
    "occurred_at": [""],
    "place": ["place:IN-WB-KOL"],
    "programme": ["csec"],
    "people-female-13-17": ["2"],
    "needs": ["medical"],
    "arrests": ["1"],
    "narrative": ["CANARY-7731 behind the mill"],
}


def spki(key: EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


@dataclass
class Sealed:
    """A box as it lies on a phone."""

    id: uuid.UUID
    text: bytes
    number: int
    written_at: Any
    kind: str = "rescue"


@dataclass
class Device:
    """An enrolled phone, beside its row. `behind`: by how much its clock is behind ours; `knows`:
    which own questions it has, unless it is from before there were some."""

    person: Any
    knows: str | None = None
    behind: timedelta = timedelta()
    key: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def __post_init__(self) -> None:
        half = spki(self.key)
        self.fingerprint = sha256(half).digest()
        self.row: Phone = factories.phones.phone(
            self.person, key=half, fingerprint=self.fingerprint
        )
        self.number, text = keys.public()
        self.recipient = base64.b64decode(text)

    def now(self) -> Any:
        return timezone.now() - self.behind

    def seal(self, fields: Mapping[str, Any] = REPORT, **more: Any) -> Sealed:
        """As the script of the page does, with nothing but what the server once said."""
        pk, kind = more.pop("id", None) or uuid.uuid4(), more.pop("kind", "rescue")
        written_at, files = more.pop("written_at", None) or self.now(), more.pop("files", {})
        said: dict[str, Any] = {"fields": {"key": [str(pk)], **fields, **more}}
        said["files"] = [
            {"field": "file", "name": name, "size": len(data)} for name, data in files.items()
        ]
        to = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), self.recipient)
        suite = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
        place = f"casework box 1|{self.fingerprint.hex()}|{pk}|{kind}".encode()
        whole = b"".join([orjson.dumps(said), b"\n", *files.values()])
        text = suite.encrypt(whole.ljust(2048), to, info=place)
        return Sealed(pk, text, self.number, written_at, kind)

    def piece(self, box: Sealed, at: int, body: bytes, /, **said: Any) -> Any:
        """Send a piece; `said` instead of what a phone would say."""
        signature, knows = said.pop("signature", None), self.knows
        address = said.pop("address", box.id)
        manifest = {
            "phone": self.fingerprint.hex(),
            "box": str(box.id),
            "kind": box.kind,
            "key": box.number,
            "written_at": box.written_at.isoformat(),
            "sent_at": self.now().isoformat(),
            "size": len(box.text),
            "sha256": sha256(box.text).hexdigest(),
            "at": at,
        } | said
        raw = orjson.dumps({name: value for name, value in manifest.items() if value is not None})
        headers = {"Box-Manifest": _b64(raw), "Box-Signature": signature or self.sign(raw, body)}
        headers |= {} if knows is None else {"Box-Asked": knows}
        return self.client.generic(
            "POST",
            f"/field/boxes/{address}/parts/",
            body,
            content_type="application/octet-stream",
            headers=headers,
        )

    def sign(self, raw: bytes, body: bytes) -> str:
        said = b"casework box 1\0" + raw + sha256(body).digest()
        r, s = decode_dss_signature(self.key.sign(said, ECDSA(SHA256())))
        return _b64(r.to_bytes(32) + s.to_bytes(32))

    def deliver(self, box: Sealed, size: int = 512_000) -> Any:
        """All of it, going on from wherever the server is."""
        have = 0
        for _try in range(60):
            answer = self.piece(box, have, box.text[have : have + size])
            if answer.status_code not in (202, 409):
                return answer
            have = answer.json()["have"]
        raise AssertionError("it never ended")
