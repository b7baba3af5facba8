"""What people are told: that something waits for them, never what it is about."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from core.access import Own, Scoped, ScopedQuerySet
from core.models import Record


class NoticeQuerySet(ScopedQuerySet):
    def unseen(self) -> NoticeQuerySet:
        return self.filter(seen_at__isnull=True)


class Notice(Record, Scoped):
    """One person is told of one thing. The words stand in `accounts.notices`, by kind."""

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="notices")
    kind = models.SlugField(max_length=40)
    target_type = models.CharField(max_length=80)
    target_id = models.UUIDField()
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    seen_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    access = Own("user")
    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "target_type", "target_id"],
                name="accounts_notice_once_while_unseen",
                condition=Q(seen_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="accounts_notice_list"),
            models.Index(
                fields=["user"],
                name="accounts_notice_unmailed",
                condition=Q(seen_at__isnull=True, mailed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.kind
