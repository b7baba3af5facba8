"""ODK Collect as Collect is: it encrypts for the key in its form and submits, told nothing else.

Written from ODK's specification of encrypted forms, and shares no code with the server.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.serialization import load_der_public_key
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

if TYPE_CHECKING:
    from collections.abc import Mapping

OAEP = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
RESCUE = {
    "place": "IN-WB-KOL",
    "people": {"people-female-13-17": "2"},
    "programme": "csec",
    "needs": "medical interpreter",
    "arrests": "1",
    "narrative": "CANARY-8814 behind the mill",
}
PICTURE = b"\xff\xd8\xff\xe0 no real picture"


def _md5(data: bytes) -> str:
    return hashlib.md5(data).hexdigest()


@dataclass
class Filled:
    """A form as it lies in Collect, finalized: what is sent with it is encrypted."""

    id: str
    manifest: bytes
    files: dict[str, bytes]


@dataclass
class Collect:
    user_name: str
    password: str
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def call(self, method: str, path: str, **more: Any) -> Any:
        pair = base64.b64encode(f"{self.user_name}:{self.password}".encode()).decode()
        headers = {"Authorization": f"Basic {pair}", "X-OpenRosa-Version": "1.0"}
        headers |= more.pop("headers", {})
        return getattr(self.client, method)(
            f"/collect/{path}", headers=headers, secure=more.pop("secure", True), **more
        )

    def form(self, kind: str = "rescue") -> str:
        return self.call("get", f"forms/casework.{kind}").content.decode()

    def fill(self, answers: Mapping[str, Any] = RESCUE, *, kind: str = "rescue", **said: Any):
        """Fill in a form as it was fetched, and finalize it. `files`: what was photographed."""
        form = said.pop("form", None) or self.form(kind)
        text = re.search(r'base64RsaPublicKey="([^"]+)"', form)[1]
        version = re.search(r'version="([0-9a-f]{16})"', form)[1]
        pk, files = said.pop("id", None) or f"uuid:{uuid.uuid4()}", said.pop("files", {})
        form_id = said.pop("form_id", f"casework.{kind}")
        body = {"end": said.pop("end", "2026-11-30T10:00:00.000+05:30"), **answers}
        photos = "".join(f"<files><file_photo>{name}</file_photo></files>" for name in files)
        xml = said.pop("xml", None) or (
            f'<data xmlns:orx="http://openrosa.org/xforms" id="{form_id}" version="{version}">'
            f"{_nodes(body)}{photos}"
            f"<orx:meta><orx:instanceID>{pk}</orx:instanceID></orx:meta></data>"
        )
        return _encrypted(text, form_id, version, pk, xml.encode(), files)

    def submit(self, filled: Filled, names: Any = None, **more: Any) -> Any:
        """In one request, or those of these names only."""
        names = filled.files if names is None else names
        parts: dict[str, Any] = {
            "xml_submission_file": _part("submission.xml", filled.manifest),
            **{name: _part(name, filled.files[name]) for name in names},
        }
        if more.pop("incomplete", set(names) != set(filled.files)):
            parts["*isIncomplete*"] = "yes"
        return self.call("post", "submission?deviceID=collect%3Aabc", data=parts, **more)


def _part(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/octet-stream")


def _nodes(answers: Mapping[str, Any]) -> str:
    return "".join(
        f"<{name}>{_nodes(value) if isinstance(value, dict) else value}</{name}>"
        for name, value in answers.items()
    )


def _encrypted(
    public: str, form_id: str, version: str, pk: str, xml: bytes, files: Mapping[str, bytes]
) -> Filled:
    rsa: Any = load_der_public_key(base64.b64decode(public))
    secret = secrets.token_bytes(32)
    vector = bytearray(hashlib.md5(pk.encode() + secret).digest())
    key = base64.b64encode(rsa.encrypt(secret, OAEP)).decode()
    sent, lines = {}, [form_id, version, key, pk]
    for at, (name, data) in enumerate([*files.items(), ("submission.xml", xml)]):
        vector[at % 16] = (vector[at % 16] + 1) % 256
        sent[f"{name}.enc"] = _cfb(secret, bytes(vector), data)
        lines.append(f"{name}::{_md5(data)}")
    signed = hashlib.md5("".join(f"{line}\n" for line in lines).encode()).digest()
    signature = base64.b64encode(rsa.encrypt(signed, OAEP)).decode()
    media = "".join(f"<media><file>{name}.enc</file></media>" for name in files)
    manifest = (
        '<data xmlns="http://www.opendatakit.org/xforms/encrypted" encrypted="yes"'
        f' id="{form_id}" version="{version}"><base64EncryptedKey>{key}</base64EncryptedKey>'
        '<orx:meta xmlns:orx="http://openrosa.org/xforms">'
        f"<orx:instanceID>{pk}</orx:instanceID></orx:meta>{media}"
        "<encryptedXmlFile>submission.xml.enc</encryptedXmlFile>"
        f"<base64EncryptedElementSignature>{signature}</base64EncryptedElementSignature></data>"
    )
    return Filled(pk, manifest.encode(), sent)


def _cfb(secret: bytes, vector: bytes, data: bytes) -> bytes:
    """CFB by its definition, over the block cipher: the vector is encrypted, then each block."""
    fill = 16 - len(data) % 16
    data += bytes([fill]) * fill
    encryptor = Cipher(algorithms.AES(secret), modes.ECB()).encryptor()
    out, last = bytearray(), vector
    for at in range(0, len(data), 16):
        stream = encryptor.update(last)
        last = bytes(a ^ b for a, b in zip(stream, data[at : at + 16], strict=True))
        out += last
    return bytes(out)
