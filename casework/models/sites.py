"""Sites: where people were held. The exact place is identity and lies in a table of its own."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.permissions import Perm
from casework.enums import Setting, SiteKind
from casework.models.records import CaseRecord
from core.access import CONTENT, IDENTITY, CaseRows
from core.fields import EncryptedTextField
from core.history import tracked


@tracked
class Site(CaseRecord):
    """An establishment or a vessel, by kind and jurisdiction."""

    code = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, choices=SiteKind)
    setting = models.CharField(max_length=10, choices=Setting, default=Setting.UNKNOWN)
    jurisdiction = models.ForeignKey(
        "places.Jurisdiction", on_delete=models.PROTECT, related_name="+"
    )
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(
        "places.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    access = CaseRows(CONTENT, Perm.SITE_VIEW)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "code"], name="casework_site_code_once"),
            models.CheckConstraint(
                name="casework_site_known_codes",
                condition=Q(kind__in=SiteKind.values, setting__in=Setting.values),
            ),
            models.CheckConstraint(
                name="casework_site_closing_complete",
                condition=Q(closed_by__isnull=True) | Q(closed_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class SitePlace(CaseRecord):
    """Where exactly a site is. Encrypted; level of identity."""

    site = models.OneToOneField(Site, on_delete=models.PROTECT, related_name="exact_place")
    text = EncryptedTextField()

    access = CaseRows(IDENTITY, Perm.IDENTITY_VIEW)
