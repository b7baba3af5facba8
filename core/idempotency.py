"""A key, its effect and its answer commit together; a repeated send gets the first answer."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
from django.db import connection

from core import crypto
from core.models import IdempotencyKey

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_LENGTH = 80


class KeyReused(Exception):
    """The key was used before, with another body."""


@dataclass(frozen=True)
class Answer:
    status: int
    content: Any
    replayed: bool = False


def digest_of(*parts: bytes) -> bytes:
    return hashlib.sha256(b"\0".join(parts)).digest()


def once(actor: Any, key: str, digest: bytes, run: Callable[[], Answer]) -> Answer:
    """Run, unless this person already sent this key.

    A twin sent at the same moment waits on the unique key until the first has committed. A
    refused or failed first send leaves nothing, so the key may be used again.
    """
    if not key:
        return run()
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into core_idempotencykey (actor_id, key, digest, created_at)"
            " values (%s, %s, %s, now()) on conflict do nothing returning id",
            [actor.pk, key, digest],
        )
        inserted = cursor.fetchone()
    if inserted is None:
        return _earlier(actor, key, digest)
    answer = run()
    place = f"core_idempotencykey|answer|{inserted[0]}"
    IdempotencyKey.objects.filter(pk=inserted[0]).update(
        status=answer.status, answer=crypto.encrypt(orjson.dumps(answer.content), place)
    )
    return answer


def given(actor: Any, key: str, digest: bytes) -> Answer | None:
    """The answer this very send got before, for whoever must know before checking it anew."""
    sent = IdempotencyKey.objects.filter(actor=actor.pk, key=key, digest=digest)
    return _earlier(actor, key, digest) if key and sent.exists() else None


def _earlier(actor: Any, key: str, digest: bytes) -> Answer:
    row = IdempotencyKey.objects.get(actor=actor.pk, key=key)
    if bytes(row.digest) != digest:
        raise KeyReused
    place = f"core_idempotencykey|answer|{row.pk}"
    content = orjson.loads(crypto.decrypt(bytes(row.answer or b""), place))
    return Answer(row.status or 200, content, replayed=True)
