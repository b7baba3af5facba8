"""What the team writes down about contacts, visits and calls; and what stood there before."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.models.records import CaseRecord
from casework.paper_codes import NoteKind
from core.access import IDENTITY, CaseRows
from core.fields import EncryptedTextField
from core.spoken import CHOICES, SPOKEN


class NoteFacts(CaseRecord):
    """What a note says, now or before it was corrected."""

    kind = models.CharField(_("Kind"), max_length=12, choices=NoteKind)
    happened_on = models.DateField(_("Day"))
    heavy = models.BooleanField(
        _("It may distress readers"),
        default=False,
        help_text=_("It is then shown only when opened, and each opening is recorded."),
    )
    language = models.CharField(
        _("Language"),
        max_length=8,
        choices=CHOICES,
        blank=True,
        default="",
        db_default="",
        help_text=_("If empty: that of your pages."),
    )  # nothing where nobody said it, such as in notes of before
    text = EncryptedTextField(_("Note"), help_text=_("Kept encrypted, open to the team only."))

    access = CaseRows(IDENTITY, Perm.NOTE_VIEW)

    class Meta:
        abstract = True


class Note(NoteFacts):
    """Something somebody of the team learned or did on a day. It is corrected, never deleted."""

    written_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="casework_note_known_kind", condition=Q(kind__in=NoteKind.values)
            ),
            models.CheckConstraint(
                name="casework_note_known_language", condition=Q(language__in=["", *SPOKEN])
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-happened_on", "-id"], name="casework_note_of_case"),
            models.Index(fields=["-happened_on", "-id"], name="casework_note_by_day"),
        ]


class FormerNote(NoteFacts):
    """What a note said before someone corrected it.

    A table of its own instead of the history of values, so that it can be re-keyed and erased.
    """

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="former")
    replaced_at = models.DateTimeField(auto_now_add=True)
    replaced_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    append_only = True

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="casework_formernote_known_kind", condition=Q(kind__in=NoteKind.values)
            ),
            models.CheckConstraint(
                name="casework_formernote_known_language", condition=Q(language__in=["", *SPOKEN])
            ),
        ]
        indexes = [
            models.Index(fields=["note", "-replaced_at"], name="casework_formernote_of_note")
        ]
