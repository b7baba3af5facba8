"""The table of what was typed and not saved; what becomes of it is said in `core/drafts.py`."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from core.access import Own, Scoped, ScopedQuerySet
from core.fields import EncryptedTextField


class Draft(Scoped):
    """What one person typed into the form at one address: its id follows from both.

    `about`: the row of the form, its case and its persons, by which an erasure finds it.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=200)
    about = ArrayField(models.UUIDField(), default=list)
    content = EncryptedTextField()
    kept_at = models.DateTimeField(db_index=True)

    deletable = True
    names = ("address", "about")
    access = Own("person")
    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)

    @staticmethod
    def key(person: uuid.UUID, address: str) -> uuid.UUID:
        """Of this person's draft at this address."""
        return uuid.uuid5(person, address)
