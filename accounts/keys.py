"""Keys of programs: made, found again by digest, refused when they are over."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS
from django.db.models import F, OuterRef
from django.db.models.functions import JSONArray, Now
from django.utils import timezone

from accounts.models import ApiKey, User
from accounts.models.people import HELD, roles_of
from core.keys import vouching
from core.shortcuts.prepared import Prepared

if TYPE_CHECKING:
    from datetime import timedelta

    from django.db.models import Model, QuerySet

PREFIX_LENGTH = 8


def make(user: User, *, lifetime: timedelta | None = None, **values: object) -> tuple[ApiKey, str]:
    """A new key of this user and its text, which is shown once and never kept."""
    prefix, secret = secrets.token_hex(PREFIX_LENGTH // 2), secrets.token_urlsafe(32)
    expires_at = timezone.now() + min(lifetime or settings.KEY_LIFETIME, settings.KEY_LIFETIME)
    row = ApiKey(user=user, prefix=prefix, digest=_digest(secret), expires_at=expires_at, **values)
    with vouching.vouched("key", row.pk, row.user_id, row.digest.hex()):
        row.save(force_insert=True)
    return row, f"cw_{prefix}_{secret}"


def revoke_all(user: User) -> int:
    """End every key of this user; says how many there were."""
    in_force = ApiKey.objects.filter(user=user, revoked_at__isnull=True)
    return int(in_force.update(revoked_at=Now(), updated_at=Now(), version=F("version") + 1))


def find(text: str) -> ApiKey | None:
    """The key in force with this text, or nothing."""
    kind, _, rest = text.partition("_")
    prefix, _, secret = rest.partition("_")
    if kind != "cw" or not secret or "\0" in prefix:
        return None
    for row in map(_key, _named(prefix)):
        if secrets.compare_digest(bytes(row.digest), _digest(secret)):
            return row
    return None


def _columns(model: type[User] | type[ApiKey]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _in_force(prefix: str) -> QuerySet[Model]:
    of_user = (f"user__{name}" for name in _columns(User))
    api_keys = ApiKey.objects.in_force().filter(prefix=prefix)
    roles = ArraySubquery(roles_of(OuterRef("user")).values(told=JSONArray(*HELD)))
    return api_keys.values_list(*_columns(ApiKey), *of_user, roles)


_named = Prepared(_in_force, "the beginning of a key")  # its prefix is unique


def _key(values: tuple[Any, ...]) -> ApiKey:
    """The key with its user, who holds roles, as one row of all of them."""
    names, (*of_both, roles) = _columns(ApiKey), values
    row = ApiKey.from_db(DEFAULT_DB_ALIAS, names, of_both[: len(names)])
    row.user = User.from_db(DEFAULT_DB_ALIAS, _columns(User), of_both[len(names) :])
    row.user.held = [(UUID(office), *more) for office, *more in map(orjson.loads, roles)]
    return row


def note_use(row: ApiKey) -> None:
    """Once a minute is enough to see whether a key is alive."""
    now = timezone.now()
    if row.last_used_at is None or (now - row.last_used_at).total_seconds() > 60:
        ApiKey.objects.filter(pk=row.pk).update(last_used_at=Now())


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
