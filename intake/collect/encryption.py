"""What Collect encrypts, and how it is opened: ODK's specification of encrypted forms.

A random key of 256 bits is wrapped for the form's RSA key (OAEP with SHA-256); with it each file is
encrypted by AES in CFB mode with PKCS#7 padding. The initialisation vector begins as the MD5 of
instance id and key, and of file n its byte n is one higher than before. At last a digest over all
the files is wrapped as well, so that none is missing or exchanged.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from dataclasses import dataclass
from hashlib import md5
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cryptography.hazmat.decrepit.ciphers.modes import CFB
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

MOST_XML = 1_000_000  # bytes
MOST_MEDIA = 20  # files beside a form
KEY_BITS, BLOCK, SYMMETRIC = 2048, 16, 32
PIECE = 64 * 1024
ENCRYPTED = ".enc"
PADDING = OAEP(MGF1(SHA256()), SHA256(), label=None)


class NoForm(Exception):
    """This is nothing that Collect makes of a form of ours."""


class OtherKey(Exception):
    """It is not encrypted, or not with a key of this account."""


def new_key() -> tuple[bytes, str]:
    """The public half as a form holds it, and the private one, to be kept encrypted."""
    pair = generate_private_key(65_537, KEY_BITS)
    public = pair.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    private = pair.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return public, base64.b64encode(private).decode()


@dataclass(frozen=True)
class Envelope:
    """What Collect says of a form it has encrypted. `media`: the files beside it, in order."""

    form: str
    version: str | None
    instance: str
    key: str
    media: list[str]
    xml: str
    signature: str

    @property
    def id(self) -> UUID:
        return UUID(self.instance.removeprefix("uuid:"))

    @property
    def files(self) -> list[str]:
        """As it encrypts them."""
        return [*self.media, self.xml]


@dataclass(frozen=True)
class Opened:
    xml: Element
    media: dict[str, bytearray]


def parsed(raw: bytes | bytearray) -> Element:
    """An XML document without DTD, so without entities of its own. Raises `NoForm`."""
    try:
        if len(raw) > MOST_XML:
            raise NoForm
        root: Element = fromstring(raw, forbid_dtd=True)
    except (DefusedXmlException, ParseError, ValueError, LookupError):
        raise NoForm from None
    return root


def local(element: Element) -> str:
    """Its name without its namespace."""
    return element.tag.rpartition("}")[2]


def read_envelope(raw: bytes) -> Envelope:
    """Raises `NoForm`, and `OtherKey` where it is the form itself, in clear."""
    root = parsed(raw)
    if root.get("encrypted") != "yes":
        raise OtherKey
    texts: dict[str, list[str]] = {}
    for element in root.iter():
        texts.setdefault(local(element), []).append((element.text or "").strip())
    try:
        (instance,), (key,), (xml,), (signature,) = (
            texts[name]
            for name in (
                "instanceID",
                "base64EncryptedKey",
                "encryptedXmlFile",
                "base64EncryptedElementSignature",
            )
        )
    except (KeyError, ValueError):
        raise NoForm from None
    content = Envelope(
        root.get("id", ""),
        root.get("version"),
        instance,
        key,
        texts.get("file", []),
        xml,
        signature,
    )
    _require_names(content)
    return content


def _require_names(envelope: Envelope) -> None:
    files = envelope.files
    good = len(files) == len(set(files)) <= MOST_MEDIA + 1
    try:
        good &= str(envelope.id) == envelope.instance.removeprefix("uuid:").lower()
    except ValueError:
        good = False
    if not (good and all(name.endswith(ENCRYPTED) for name in files)):
        raise NoForm


def unwrapped(envelope: Envelope, keys: Iterable[str]) -> tuple[bytes, RSAPrivateKey]:
    """The key of its files, and that of ours which it was wrapped for. Raises `OtherKey`."""
    for text in keys:
        private: Any = load_der_private_key(base64.b64decode(text), None)
        secret = _plain(envelope.key, private)
        if secret is not None and len(secret) == SYMMETRIC:
            return secret, private
    raise OtherKey


def _plain(text: str, private: RSAPrivateKey) -> bytes | None:
    try:
        return private.decrypt(base64.b64decode(text, validate=True), PADDING)
    except (binascii.Error, ValueError):
        return None


def opened(
    envelope: Envelope, pieces: dict[str, bytes], secret: bytes, private: RSAPrivateKey
) -> Opened:
    """The form and its files, all that were sent and as they were sent. Raises `NoForm`.

    Of `pieces` nothing is left: they may be large.
    """
    vector = bytearray(md5(envelope.instance.encode() + secret, usedforsecurity=False).digest())
    plain = {}
    for at, name in enumerate(envelope.files):
        vector[at % BLOCK] = (vector[at % BLOCK] + 1) % 256
        plain[name.removesuffix(ENCRYPTED)] = _decrypted(pieces.pop(name), secret, bytes(vector))
    lines = [envelope.form, *([envelope.version] if envelope.version is not None else [])]
    lines += [envelope.key, envelope.instance]
    lines += [
        f"{name}::{md5(data, usedforsecurity=False).hexdigest()}" for name, data in plain.items()
    ]
    digest = md5("".join(f"{line}\n" for line in lines).encode(), usedforsecurity=False).digest()
    if not hmac.compare_digest(_plain(envelope.signature, private) or b"", digest):
        raise NoForm
    root = parsed(plain.pop(envelope.xml.removesuffix(ENCRYPTED)))
    if (root.get("id"), root.get("version")) != (envelope.form, envelope.version):
        raise NoForm
    return Opened(root, plain)


def _decrypted(data: bytes, secret: bytes, vector: bytes) -> bytearray:
    """A piece at a time, so that beside it lies nothing as large but what it is made of."""
    decryptor, unpadder = Cipher(AES(secret), CFB(vector)).decryptor(), PKCS7(128).unpadder()
    plain, sealed = bytearray(), memoryview(data)
    try:
        for at in range(0, len(data), PIECE):
            plain += unpadder.update(decryptor.update(sealed[at : at + PIECE]))
        plain += unpadder.update(decryptor.finalize()) + unpadder.finalize()
    except ValueError:
        raise NoForm from None
    return plain
