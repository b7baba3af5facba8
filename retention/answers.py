"""Answers kept for repeated sends: they are encrypted, so only opening them says whom they name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from core.keys import crypto

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

AN_ID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
KEPT = "select id, answer from core_idempotencykey where answer is not null"


def forget(cursor: Any, gone: Iterable[UUID | str]) -> None:
    """Take away every kept answer that names one of these rows; they live thirty days at most."""
    names = {str(pk).encode() for pk in gone}
    cursor.execute(KEPT)
    named = [pk for pk, answer in cursor.fetchall() if names & _ids(pk, bytes(answer))]
    cursor.execute("delete from core_idempotencykey where id = any (%s)", [named])


def _ids(pk: int, answer: bytes) -> set[bytes]:
    try:
        text = crypto.decrypt(answer, f"core_idempotencykey|answer|{pk}")
    except crypto.Unreadable:
        return set()
    return set(AN_ID.findall(text))
