"""Where the organisation works from."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.access import Reference, Scoped, ScopedQuerySet
from core.days import clock
from core.models import Record

if TYPE_CHECKING:
    from datetime import date, tzinfo


class OfficeQuerySet(ScopedQuerySet):
    def real(self) -> Self:
        """Without those for practice: of these alone figures are made."""
        return self.filter(is_practice=False)


class Office(Record, Scoped):
    """A place from which the organisation works. The global office covers all of them."""

    named_by = "code"
    shown_with = ("jurisdiction",)

    code = models.SlugField(_("short name"), max_length=20, unique=True)
    prefix = models.CharField(_("letters of its cases"), max_length=3, unique=True)
    name = models.CharField(_("name"), max_length=100)
    is_global = models.BooleanField(default=False)
    is_practice = models.BooleanField(
        _("for practice"),
        default=False,
        db_default=False,
        help_text=_(
            "People learn here with invented cases. No figure counts them, nothing of them leaves"
            " Casework, and all of them can be taken away at once. This cannot be changed later."
        ),
    )
    emptied_at = models.DateTimeField(_("practice cases deleted"), null=True, editable=False)
    jurisdiction = models.ForeignKey(
        "places.Jurisdiction",
        verbose_name=_("place"),
        null=True,
        on_delete=models.PROTECT,
        related_name="offices",
        help_text=_(
            "The town, district, state or country in which it works. The office has the days and"
            " holidays of this place."
        ),
    )
    covers = models.ManyToManyField("places.Jurisdiction", related_name="+", blank=True)
    language = models.CharField(
        _("Language of new people"),
        max_length=8,
        blank=True,
        default="",
        db_default="",
        help_text=_("Pages and letters are in it until somebody chooses another."),
    )
    currency = models.CharField(
        _("Currency"),
        max_length=3,
        blank=True,
        default="",
        db_default="",
        help_text=_("Three letters, such as PEN. If empty: that of the country."),
    )
    opened_on = models.DateField(_("open since"), null=True)
    closed_on = models.DateField(_("closed on"), null=True)

    # Not which office is the whole: all its members see everything. Nor which is for practice: its
    # cases are taken away without a second person.
    changeable = (
        *("code", "prefix", "name", "jurisdiction", "language", "currency"),
        *("opened_on", "closed_on", "emptied_at"),
    )
    access = Reference()
    objects = OfficeQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                name="accounts_office_closed_after_opened",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=models.F("opened_on")),
            ),
            models.CheckConstraint(
                name="accounts_office_practice_is_one_place",
                condition=Q(is_practice=False) | Q(is_global=False),
            ),
            models.CheckConstraint(
                name="accounts_office_currency_shape",
                condition=Q(currency="") | Q(currency__regex=r"^[A-Z]{3}$"),
            ),
            models.CheckConstraint(
                name="accounts_office_prefix_shape", condition=Q(prefix__regex=r"^[A-Z]{3}$")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("people:office", args=[self.pk])

    @property
    def zone(self) -> tzinfo:
        """By which zone its days are told: of the global office UTC, for it is everywhere."""
        if self.is_global or self.jurisdiction is None:
            return UTC
        return clock.zone_named(self.jurisdiction.time_zone)

    @property
    def today(self) -> date:
        """The day it is there now."""
        return timezone.now().astimezone(self.zone).date()
