"""The cases that a person opened lately or keeps at hand: ids, and nothing of the cases."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.access import Own, Scoped, ScopedQuerySet


class OpenedCase(Scoped):
    """One case that one person opened, or pinned. It opens nothing: whether the case is still open
    to that person is asked whenever it is shown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    of_case = models.UUIDField()
    opened_at = models.DateTimeField(null=True)
    pinned_at = models.DateTimeField(null=True)

    deletable = True
    names = ("of_case",)
    access = Own("user")
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "of_case"], name="casework_openedcase_once"),
            models.CheckConstraint(
                name="casework_openedcase_for_a_reason",
                condition=Q(opened_at__isnull=False) | Q(pinned_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["of_case"], name="casework_openedcase_of_case")]

    def __str__(self) -> str:
        return str(self.pk)
