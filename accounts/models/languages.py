"""That somebody who reads a language in their work found the words of Casework in it right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.access import Reference, Scoped, ScopedQuerySet
from core.models import Record

if TYPE_CHECKING:
    from accounts.models.changes import Described


class LanguageReadingQuerySet(ScopedQuerySet):
    def newest(self, language: str) -> LanguageReading | None:
        """The last one that was not taken back."""
        rows = self.filter(language=language, taken_back_at__isnull=True)
        row: LanguageReading | None = rows.order_by("-created_at", "-pk").first()
        return row


class LanguageReading(Record, Scoped):
    """One person’s word for the words of one language, as they were that day (`edition`)."""

    language = models.CharField(_("Language"), max_length=8)
    edition = models.CharField(max_length=12)  # of the words: `accounts.services.languages`
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True, editable=False)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    access = Reference()
    shown_with = ("read_by",)
    objects = LanguageReadingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_languagereading_taken_back_by_somebody",
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["language", "-created_at"], name="accounts_reading_of_language")
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.edition}"

    def get_absolute_url(self) -> str:
        return reverse("accounts:language")

    def describe(self) -> Described:
        return [(_("Language"), dict(settings.LANGUAGES).get(self.language, self.language))]
