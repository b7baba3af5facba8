"""How people look at lists: views with a name, and the columns that each person usually wants."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.access import OwnOrOffice, Scoped, ScopedQuerySet
from core.fields import EncryptedTextField
from core.models import Record


class ListName(TextChoices):
    """The lists that can be looked at in several ways."""

    CASES = "cases", _("Cases")
    SITES = "sites", _("Sites")
    NETWORKS = "networks", _("Networks")
    SURVIVORS = "survivors", _("Survivors")
    SUSPECTS = "suspects", _("Suspects")
    HEARINGS = "hearings", _("Hearings")
    REFERRALS = "referrals", _("Referrals")
    PROVIDERS = "providers", _("Providers")
    PEOPLE = "people", _("People")
    TASKS = "tasks", _("To do")
    AUDIT = "audit", _("History")


class SavedView(Record, Scoped):
    """A list as one person wants it: its filters and its order as they stand in an address, and its
    columns. Other people see it where it is shown to an office, each with the rows open to them.

    One that is `usual` is how its person sees the list while no view is open: columns alone.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    listed = models.CharField(_("List"), max_length=20, choices=ListName)
    name = EncryptedTextField(_("Name"), help_text=_("Such as “Open, in court”. No person’s name."))
    query = models.CharField(_("Filters and order"), max_length=500, blank=True)
    columns = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    office = models.ForeignKey(
        "accounts.Office",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Who sees it"),
        help_text=_("People of that office. Each sees only what is open to them."),
    )
    usual = models.BooleanField(default=False)

    deletable = True
    plural = "views"
    access = OwnOrOffice("owner", "office")
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "listed"],
                name="accounts_savedview_usual_once",
                condition=Q(usual=True),
            ),
            models.CheckConstraint(
                name="accounts_savedview_usual_is_columns",
                condition=Q(usual=False) | Q(query="", office__isnull=True),
            ),
            models.CheckConstraint(
                name="accounts_savedview_known_list", condition=Q(listed__in=ListName.values)
            ),
        ]
        indexes = [models.Index(fields=["owner", "listed"], name="accounts_savedview_of_owner")]

    def __str__(self) -> str:
        return f"{self.listed} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("people:views")
