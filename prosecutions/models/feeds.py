"""The calendar of hearings a person's phone or desk fetches by a secret address."""

from __future__ import annotations

import hashlib
from typing import Self

from django.db import models
from django.db.models import Q

from core.access import Own, Scoped, ScopedQuerySet
from core.models import Record


class FeedQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        return self.filter(revoked_at__isnull=True, user__is_active=True)

    def at(self, secret: str) -> CalendarFeed | None:
        """The feed at this secret address, or nothing."""
        return self.in_force().select_related("user").filter(digest=digest_of(secret)).first()


def digest_of(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


class CalendarFeed(Record, Scoped):
    """A secret address, of which only a digest is kept. One at a time for a person."""

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    digest = models.BinaryField(unique=True)
    revoked_at = models.DateTimeField(null=True)

    names = ("digest",)
    access = Own("user")
    objects = FeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                name="prosecutions_calendarfeed_one",
                condition=Q(revoked_at__isnull=True),
            ),
        ]
