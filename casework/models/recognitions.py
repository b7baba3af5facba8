"""Documents that somebody took for material of child abuse."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.models.documents import Document
from casework.models.records import CaseRecord
from casework.paper_codes import RecognitionStatus
from core.access import IDENTITY, CaseRows
from core.fields import EncryptedTextField
from core.history import tracked


@tracked
class Recognition(CaseRecord):
    """Versions of a document seen to be material of child abuse: closed at once, and destroyed once
    a second person says so, too. The hashes stay."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="recognitions")
    status = models.CharField(
        max_length=10, choices=RecognitionStatus, default=RecognitionStatus.SAID
    )
    reason = EncryptedTextField(
        _("What makes you say so"),
        help_text=_("In words for a court. Describe no more than is needed."),
    )
    # SHA-256, in hex, of the bytes it is about: as received, and as kept of them.
    digests = ArrayField(models.CharField(max_length=64), default=list, db_default=[])
    said_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    access = CaseRows(IDENTITY, Perm.DOCUMENT_OPEN)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document"],
                name="casework_recognition_one_open",
                condition=Q(status=RecognitionStatus.SAID),
            ),
            models.CheckConstraint(
                name="casework_recognition_by_two_persons",
                condition=Q(
                    status=RecognitionStatus.SAID,
                    answered_by__isnull=True,
                    answered_at__isnull=True,
                )
                | Q(
                    ~Q(status=RecognitionStatus.SAID),
                    ~Q(answered_by=F("said_by")),
                    status__in=RecognitionStatus.values,
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                ),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("casework:document", args=[self.document_id])
