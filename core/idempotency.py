"""A key, its effect and its answer commit together; a repeated send gets the first answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson
from django.db import connection
from django.http import Http404
from django.utils.crypto import salted_hmac

from core import audit
from core.context import refresh
from core.keys import crypto
from core.models import IdempotencyKey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.http import HttpRequest

    from core.access import Actor

MAX_LENGTH = 80


class KeyReused(Exception):
    """The key was used before, with another body."""


@dataclass(frozen=True)
class Answer:
    status: int
    content: Any
    replayed: bool = False


def digest_of(*parts: bytes) -> bytes:
    """Of a body that may name someone: keyed, so that nobody with a copy can try names on it."""
    return salted_hmac(__name__, b"\0".join(parts), algorithm="sha256").digest()


def digest_of_form(request: HttpRequest, *, with_files: bool) -> bytes:
    """Of what was sent to an address; with files only the same bytes are the same form."""
    sent = request.POST
    names = sorted(set(sent) - {"csrfmiddlewaretoken"})
    content = [orjson.dumps([(name, sent.getlist(name)) for name in names])]
    if with_files:
        files = [file for _name, several in request.FILES.lists() for file in several]
        content.append(orjson.dumps([getattr(file, "fingerprint", "") for file in files]))
    return digest_of(request.path.encode(), *content)


def once(
    actor: Any,
    key: str,
    digest: bytes,
    run: Callable[[], Answer],
    *,
    is_open: Callable[[object], bool] = lambda _content: True,
) -> Answer:
    """Run, unless this person already sent this key.

    A twin sent at the same moment waits on the unique key until the first has committed. A
    refused or failed first send leaves nothing, so the key may be used again. `is_open`: whether
    what the first answer tells is open to this person still; where not, it does not exist.
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
        return _earlier(actor, key, digest, is_open)
    answer = run()
    place = f"core_idempotencykey|answer|{inserted[0]}"
    IdempotencyKey.objects.filter(pk=inserted[0]).update(
        status=answer.status, answer=crypto.encrypt(orjson.dumps(answer.content), place)
    )
    return answer


def earlier_answer(actor: Actor, key: str, digest: bytes) -> Answer | None:
    """The answer this very send got before, for whoever must know before checking it anew."""
    sent = IdempotencyKey.objects.filter(actor=actor.pk, key=key, digest=digest)
    return _earlier(actor, key, digest) if key and sent.exists() else None


def _earlier(
    actor: Actor, key: str, digest: bytes, is_open: Callable[[object], bool] = lambda _content: True
) -> Answer:
    row = IdempotencyKey.objects.get(actor=actor.pk, key=key)
    if bytes(row.digest) != digest:
        raise KeyReused
    place = f"core_idempotencykey|answer|{row.pk}"
    content = orjson.loads(crypto.decrypt(bytes(row.answer or b""), place))
    refresh(actor)  # a twin that waited knew nothing yet of what the first one opened
    if not is_open(content):
        raise Http404
    if not isinstance(content, str):  # the address of a page, which records what it shows
        audit.read_rows("answer.repeated", row._meta.label, _named(content), actor=actor)
    return Answer(row.status or 200, content, replayed=True)


def _named(content: object) -> Iterator[UUID]:
    """The rows an answer shows and their cases: whoever gets it again sees them again."""
    if isinstance(content, list):
        for part in content:
            yield from _named(part)
    elif isinstance(content, dict):
        for name, part in content.items():
            if name in {"id", "case"} and isinstance(part, str):
                yield UUID(part)
            else:
                yield from _named(part)
