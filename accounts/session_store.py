"""Sessions in the database, which open nothing to who reads them, and from which no slower request
takes a lock away.

The cookie holds a secret; `session_key`, in every table and for django-allauth too, is its digest.
What a session holds is signed for that one digest: copied into another row, it is worth nothing.

A request that changes its session writes the whole of it. One that began before the screen was
locked and ends after it would open the screen again. So it is written only over what was read;
where somebody else wrote since, the row is locked and read anew.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import transaction

from core.quiet import asks_by_itself

LOCKED_AT, PAGE, FAILURES = LOCK = ("locked_at", "locked_page", "unlock_failures")


def digest_of(cookie: str) -> str:
    """160 bits, as many as the columns of the libraries hold."""
    return hashlib.sha256(cookie.encode()).hexdigest()[:40]


class SessionStore(InDatabase):
    def __init__(self, cookie: str | None = None) -> None:
        super().__init__(digest_of(cookie) if cookie else None)
        self.cookie = cookie
        self._as_read = ""  # what the row held

    @classmethod
    def kept_as(cls, session_key: str) -> SessionStore:
        """The session that stands in the tables under this digest; its cookie is not known."""
        store = cls()
        store._session_key = session_key
        return store

    @property
    def key_salt(self) -> str:
        return f"{super().key_salt}:{self.session_key}"

    def _get_new_session_key(self) -> str:
        self.cookie = super()._get_new_session_key()  # type: ignore[misc]
        return digest_of(self.cookie)

    def load(self) -> dict[str, object]:
        row = self._get_session_from_db()  # type: ignore[attr-defined]
        self._as_read = row.session_data if row else ""
        return self.decode(row.session_data) if row else {}

    def save(self, must_create: bool = False) -> None:
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        if self._written_over():
            return
        with transaction.atomic():
            stored = self._stored()
            if stored.get(LOCKED_AT, 0) > self.get(LOCKED_AT, 0):
                self.update({name: stored[name] for name in LOCK})
            super().save()

    def _written_over(self) -> bool:
        """Whether the row still held what was read, and holds this now: one statement."""
        if not self._as_read:
            return False
        row = self.create_model_instance(dict(self.items()))
        same = self.model.objects.filter(pk=self.session_key, session_data=self._as_read)
        self._as_read = row.session_data
        return bool(same.update(session_data=row.session_data, expire_date=row.expire_date))

    def _stored(self) -> dict[str, object]:
        row = self.model.objects.select_for_update().filter(pk=self.session_key).first()
        return self.decode(row.session_data) if row else {}


class CookieMiddleware(SessionMiddleware):
    """Django's, which would send the key that stands in the tables."""

    def process_response(self, request: Any, response: Any) -> Any:
        if asks_by_itself(request):  # nothing is written, and its idle time runs on
            return response
        response = super().process_response(request, response)
        sent = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if sent is not None and sent.value:
            sent.set(sent.key, request.session.cookie, request.session.cookie)
        return response


def list_by_digest() -> None:
    """django-allauth looks up the sessions that it lists by what stands in its own table, and reads
    one anew, which it would do by the digest in the place of the cookie."""
    from allauth.socialaccount.internal import statekit  # noqa: PLC0415 - once apps are ready
    from allauth.usersessions.models import UserSession  # noqa: PLC0415 - once apps are ready

    def store_of(_row: UserSession, *keys: str) -> SessionStore:
        return SessionStore.kept_as(*keys) if keys else SessionStore()

    UserSession._session_store = store_of
    statekit._save_session = lambda request: request.session.save()
