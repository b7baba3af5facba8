"""The calendar of hearings a person's phone or desk fetches by a secret address."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from core.access import Own, Scoped, ScopedQuerySet
from core.models import Record

SAID_BEFORE = timedelta(days=30)


class FeedQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        """By the database clock: neither stopped nor at its end, of a user who is active."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=Now(), user__is_active=True)

    def at(self, secret: str) -> CalendarFeed | None:
        """The feed at this secret address, or nothing."""
        return self.in_force().select_related("user").filter(digest=digest_of(secret)).first()


def digest_of(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


class CalendarFeed(Record, Scoped):
    """A secret address, of which only a digest is kept. One at a time for a person, until a day."""

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    digest = models.BinaryField(unique=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    changeable = ("revoked_at",)
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

    @property
    def is_over(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def ends_soon(self) -> bool:
        return self.expires_at - timezone.now() < SAID_BEFORE
