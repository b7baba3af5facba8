"""Sites: where people were held. The exact place is identity and lies in a table of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.enums import Setting, SiteKind
from casework.models.records import ITS_CASE, CaseRecord
from casework.querysets import ClosingQuerySet, SameSiteQuerySet, SiteQuerySet
from core.access import CONTENT, IDENTITY, CaseRows
from core.fields import EncryptedTextField
from core.history import tracked

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@tracked
class Site(CaseRecord):
    """An establishment or a vessel, by kind and jurisdiction."""

    code = models.CharField(max_length=20)
    kind = models.CharField(_("Kind of site"), max_length=20, choices=SiteKind)
    setting = models.CharField(
        _("Open to the public?"), max_length=10, choices=Setting, default=Setting.UNKNOWN
    )
    jurisdiction = models.ForeignKey(
        "places.Jurisdiction", on_delete=models.PROTECT, related_name="+", verbose_name=_("Place")
    )

    access = CaseRows(CONTENT, Perm.SITE_VIEW)
    named_with = ("case",)
    shown_with = (*ITS_CASE, "jurisdiction")
    objects: ClassVar[Any] = SiteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "code"], name="casework_site_code_once"),
            models.CheckConstraint(
                name="casework_site_known_codes",
                condition=SiteKind.holds("kind") & Q(setting__in=Setting.values),
            ),
        ]
        indexes = [models.Index(fields=["-created_at", "-id"], name="casework_site_list")]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("casework:site", args=[self.pk])

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        return [(_("Site"), f"{self.code}, {self.get_kind_display()}")]


class SitePlace(CaseRecord):
    """Where exactly a site is. Encrypted; level of identity."""

    site = models.OneToOneField(Site, on_delete=models.PROTECT, related_name="exact_place")
    text = EncryptedTextField()

    access = CaseRows(IDENTITY, Perm.IDENTITY_VIEW)


@tracked
class SiteClosing(CaseRecord):
    """A site closed by an authority, and opened again where it came to that."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="closings")
    closed_on = models.DateField(_("Closed on"))
    closed_by = models.ForeignKey(
        "places.Agency",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Closed by"),
    )
    reopened_on = models.DateField(_("Open again since"), null=True, blank=True)

    access = CaseRows(CONTENT, Perm.SITE_VIEW)
    shown_with = (*ITS_CASE, "site")
    objects: ClassVar[Any] = ClosingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site"],
                name="casework_siteclosing_once_at_a_time",
                condition=Q(reopened_on__isnull=True),
            ),
            models.CheckConstraint(
                name="casework_siteclosing_days_in_order",
                condition=Q(reopened_on__isnull=True) | Q(reopened_on__gte=F("closed_on")),
            ),
        ]

    def get_absolute_url(self) -> str:
        return self.site.get_absolute_url()

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        return self.site.describe()


@tracked
class SameSite(CaseRecord):
    """Two records of one place, as it stands on the page of `site`: a row on either side.

    Where exactly a site is lies encrypted, so that nothing can be compared: a person says it.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="same")
    other = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    access = CaseRows(CONTENT, Perm.SITE_VIEW)
    objects: ClassVar[Any] = SameSiteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "other"],
                name="casework_samesite_once",
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(name="casework_samesite_of_two", condition=~Q(site=F("other"))),
        ]

    def get_absolute_url(self) -> str:
        return reverse("casework:site", args=[self.site_id])
