"""What the application vouches for, to the database: who acts, and that a secret is really new.

It signs with a key that the serving roles cannot read; `keep_key` writes the key down as the
owner. SQL that is run in the application's session without being the application's cannot sign.

Why. Row security does not stand against SQL that is run in the application's session: it calls
`open_context` with anybody's id. So what it is worth beyond reading is kept small: such SQL holds
the mark of its own session's person for a quarter of an hour and of nobody else; it can give no
role, set no password, take no session and give back nothing that was revoked. What is left to it:
reading and writing rows of cases as anybody, adding to the history in anybody's name, asking for
jobs, and locking people out. Code that runs in the process, or reads SECRET_KEY, is the
application.
"""

from __future__ import annotations

import hmac
from contextlib import contextmanager
from hashlib import sha256
from time import time as clock
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.utils import CursorWrapper


def key() -> bytes:
    """Follows from SECRET_KEY, and does not give it away."""
    # These bytes are part of the key: they stay, wherever this module goes.
    return hmac.digest(settings.SECRET_KEY.encode(), b"core.vouching", "sha256")


def mark(*parts: object) -> str:
    """What proves that the application says this; `vouched` in the database makes it anew."""
    text = "|".join(map(str, parts)).encode()
    return sha256(key() + sha256(key() + text).digest()).hexdigest()


def person(user_id: object) -> str:
    """That this person acts, for some minutes. Nobody is vouched for by nothing."""
    if user_id is None:
        return ""
    now = int(clock())
    return f"{user_id}|{now}|{mark('acts', user_id, now)}"


@contextmanager
def vouched(*parts: object) -> Iterator[None]:
    """Within the block the database takes this one value, and no other, for the application's."""
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute("select set_config('app.vouched', %s, true)", [mark(*parts)])
        yield


def keep_key(cursor: CursorWrapper) -> None:
    """Written as the owner after `migrate`, which runs again after a change of SECRET_KEY."""
    cursor.execute("select key from core_vouchingkey")
    if [bytes(kept) for (kept,) in cursor.fetchall()] != [key()]:
        cursor.execute("delete from core_vouchingkey")
        cursor.execute("insert into core_vouchingkey values (%s)", [key()])
