"""How long what is kept, by which law, from when on."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from core.access import Held, Scoped, ScopedQuerySet
from core.models import Record
from retention.enums import YEARS_AT_MOST, Decision, Kind, Person
from retention.models import columns


class PolicyQuerySet(ScopedQuerySet):
    def waiting(self) -> PolicyQuerySet:
        return self.filter(outcome="")

    def in_force_on(self, day: Any) -> PolicyQuerySet:
        """Of each country, kind and person the confirmed one that began last."""
        begun = self.filter(outcome=Decision.CONFIRMED, begins_on__lte=day)
        return begun.order_by(
            "country", "kind", "person", "-begins_on", "-decided_at", "-id"
        ).distinct("country", "kind", "person")


class Policy(Record, Scoped):
    """So many years from closing, in one country, by one law, from a day on; of the history and of
    figures from their own day, everywhere.

    One person proposes it, another one confirms it. A new one follows it; none is changed.
    """

    kind = models.CharField(_("What it is about"), max_length=10, choices=Kind)
    country = columns.country(
        null=True,
        help_text=_(
            "Leave it empty for the history and figures, which have one policy for all countries."
        ),
    )
    person = models.CharField(
        _("Survivor"),
        max_length=5,
        choices=Person,
        blank=True,
        help_text=_("Only for cases with survivors. The longest policy of a case counts."),
    )
    years = models.PositiveSmallIntegerField(
        _("Years"),
        help_text=_("For a case from its closing; for the history and figures from their day."),
    )
    legal_source = models.CharField(
        _("Legal source"),
        max_length=300,
        help_text=_("The law, its section, or the decision of the board."),
    )
    begins_on = models.DateField(
        _("In force from"), help_text=_("The former policy is in force until then.")
    )
    proposed_by = columns.person()
    decided_by = columns.person(null=True)
    decided_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Decision, blank=True)

    access = Held(Perm.RETENTION_VIEW)
    shown_with = ("country", "proposed_by", "decided_by")
    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("retention policy")
        verbose_name_plural = _("retention policies")
        constraints = [
            models.CheckConstraint(
                name="retention_policy_of_somebody",
                condition=Q(kind=Kind.SURVIVORS, person__in=Person.values, country__isnull=False)
                | Q(kind=Kind.INQUIRY, person="", country__isnull=False)
                | Q(kind__in=sorted(Kind.EVERYWHERE), person="", country__isnull=True),
            ),
            models.CheckConstraint(
                name="retention_policy_years", condition=Q(years__range=(1, YEARS_AT_MOST))
            ),
            models.CheckConstraint(
                name="retention_policy_second_person",
                condition=Q(outcome="", decided_by__isnull=True, decided_at__isnull=True)
                | Q(
                    ~Q(decided_by=F("proposed_by")),
                    outcome__in=Decision.values,
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
            ),
            models.UniqueConstraint(
                fields=["country", "kind", "person"],
                name="retention_policy_proposed_once",
                condition=Q(outcome=""),
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="retention_policy_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.country_id}"

    @property
    def place(self) -> str:
        return str(self.country) if self.country else str(_("Everywhere"))

    def describe(self) -> list[tuple[Any, Any]]:
        lines = [
            (_("Country"), self.place),
            (_("What it is about"), self.get_kind_display()),
            (_("Survivor"), self.get_person_display()),
            (_("Years"), self.years),
            (_("Legal source"), self.legal_source),
            (_("In force from"), columns.day(self.begins_on)),
            (_("Proposed by"), self.proposed_by.name),
            (_("Decided by"), self.decided_by.name if self.decided_by else ""),
        ]
        return [(label, value) for label, value in lines if value != ""]

    def get_absolute_url(self) -> str:
        return reverse("retention:policy", args=[self.pk])
