"""Which connection a table of a library is written on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.db.models import Model


class CacheRouter:
    """The cache goes over the connection in autocommit: what it counts is never rolled back."""

    def db_for_read(self, model: type[Model], **_: object) -> str | None:
        return settings.ASIDE_DATABASE if model._meta.app_label == "django_cache" else None

    db_for_write = db_for_read

    def allow_migrate(self, _db: str, app_label: str, **_: object) -> bool | None:
        return False if app_label == "django_cache" else None  # our own migration makes it
