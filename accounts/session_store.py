"""Sessions in the database, from which no slower request takes a lock away.

Each request writes the whole session it read. One that began before the screen was locked and ends
after it would open the screen again.
"""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.db import transaction

LOCKED_AT, PAGE, FAILURES = LOCK = ("locked_at", "locked_page", "unlock_failures")


class SessionStore(InDatabase):
    def save(self, must_create: bool = False) -> None:
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        with transaction.atomic():
            stored = self._stored()
            if stored.get(LOCKED_AT, 0) > self.get(LOCKED_AT, 0):
                self.update({name: stored[name] for name in LOCK})
            super().save()

    def _stored(self) -> dict[str, Any]:
        row = self.model.objects.select_for_update().filter(pk=self.session_key).first()
        return self.decode(row.session_data) if row else {}
