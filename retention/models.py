"""How long what is kept, what holds it back, and what was erased."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.models import CaseRecord
from casework.models.records import ITS_CASE
from core.access import CONTENT, Access, CaseRows, Held, Scoped, ScopedQuerySet
from core.fields import EncryptedTextField
from core.models import Record
from places.enums import JurisdictionLevel
from retention.enums import (
    YEARS_AT_MOST,
    Decision,
    ErasureStatus,
    HoldStatus,
    Kind,
    Person,
)


def _person(**more: Any) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", **more)


def _country(**more: Any) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        "places.Jurisdiction",
        verbose_name=_("Country"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"level": JurisdictionLevel.COUNTRY},
        **more,
    )


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
    """So many years from closing, in one country, by one law, from a day on.

    One person proposes it, another one confirms it. A new one follows it; none is changed.
    """

    kind = models.CharField(_("What it is about"), max_length=10, choices=Kind)
    country = _country()
    person = models.CharField(
        _("Survivor"),
        max_length=5,
        choices=Person,
        blank=True,
        help_text=_("Only for cases with survivors. The longest policy of a case counts."),
    )
    years = models.PositiveSmallIntegerField(_("Years from the closing of the case"))
    legal_source = models.CharField(
        _("Legal source"),
        max_length=300,
        help_text=_("The law, its section, or the decision of the board."),
    )
    begins_on = models.DateField(
        _("In force from"), help_text=_("The one before is in force until then.")
    )
    proposed_by = _person()
    decided_by = _person(null=True)
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
                condition=Q(kind=Kind.SURVIVORS, person__in=Person.values)
                | Q(kind=Kind.INQUIRY, person=""),
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
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="retention_policy_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.country_id}"

    def get_absolute_url(self) -> str:
        return reverse("retention:policy", args=[self.pk])


class HoldQuerySet(ScopedQuerySet):
    def holding(self) -> HoldQuerySet:
        return self.filter(status__in=("asked", "holds", "lifting"))


class LegalHold(CaseRecord):
    """A court or an inquiry needs this case, or this person in every case: nothing is erased."""

    shown_with = (*ITS_CASE, "asked_by", "lifting_by", "victim")

    victim = models.ForeignKey(
        "victims.Victim", null=True, on_delete=models.PROTECT, related_name="+", db_index=True
    )
    reason = EncryptedTextField(
        _("Reason"), help_text=_("Which court, which inquiry. Leave names out.")
    )
    status = models.CharField(max_length=10, choices=HoldStatus, default=HoldStatus.ASKED)
    asked_by = _person()
    asked_at = models.DateTimeField(db_default=Now())
    decided_by = _person(null=True)
    decided_at = models.DateTimeField(null=True)
    lifting_by = _person(null=True)
    lifting_reason = EncryptedTextField(null=True)
    lifted_by = _person(null=True)
    lifted_at = models.DateTimeField(null=True)

    access = CaseRows(CONTENT, Perm.HOLD_VIEW)
    objects: ClassVar[Any] = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="retention_legalhold_two_persons",
                condition=Q(status=HoldStatus.ASKED)
                | Q(~Q(decided_by=F("asked_by")), decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="retention_legalhold_lifted_by_two",
                condition=~Q(status=HoldStatus.LIFTED)
                | Q(
                    ~Q(lifted_by=F("lifting_by")),
                    lifting_by__isnull=False,
                    lifted_by__isnull=False,
                    lifted_at__isnull=False,
                ),
            ),
            models.UniqueConstraint(
                fields=["case", "victim"],
                name="retention_legalhold_once",
                condition=Q(status__in=["asked", "holds", "lifting"]),
                nulls_distinct=False,
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("retention:holds", args=[self.case_id])


class OfOpenCases(Access):
    """Of the cases one may see; what is erased leads to none and is everybody's who may look."""

    view = Perm.RETENTION_VIEW

    def scope(self, rows: Any, user: Any) -> Any:
        cases: Any = apps.get_model("casework.Case").objects
        return rows.filter(Q(of_case=None) | Q(of_case__in=cases.visible_to(user).values("pk")))


class Erasure(Record, Scoped):
    """A case whose time is over: proposed by the clock, confirmed by two persons, undone by one."""

    of_case = models.UUIDField(null=True)  # until it is erased
    country = _country()
    due_on = models.DateField()
    basis = models.CharField(max_length=1000)  # the legal sources it rests on
    status = models.CharField(max_length=10, choices=ErasureStatus, default=ErasureStatus.PROPOSED)
    first_by = _person(null=True)
    first_at = models.DateTimeField(null=True)
    second_by = _person(null=True)
    second_at = models.DateTimeField(null=True)
    not_before = models.DateTimeField(null=True)  # until then it can be undone
    kept_by = _person(null=True)
    kept_until = models.DateField(
        _("Keep until"), null=True, help_text=_("It is proposed again after this day.")
    )
    kept_for = EncryptedTextField(
        _("Reason"), null=True, help_text=_("Why it must be kept. Leave names out.")
    )
    # While it is being erased: what a killed worker goes on with.
    digest = models.CharField(max_length=80, blank=True)
    files = ArrayField(models.UUIDField(), default=list)
    taken = ArrayField(models.UUIDField(), default=list)  # files of exports
    tombstone = models.UUIDField(null=True)
    erased_at = models.DateTimeField(null=True)

    access = OfOpenCases()
    shown_with = ("country", "first_by", "second_by", "kept_by")
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="retention_erasure_two_persons",
                condition=~Q(status__in=["confirmed", "erasing", "erased"])
                | Q(
                    ~Q(first_by=F("second_by")),
                    first_by__isnull=False,
                    second_by__isnull=False,
                    second_at__isnull=False,
                    not_before__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="retention_erasure_leads_nowhere",
                condition=Q(status=ErasureStatus.ERASED, of_case__isnull=True, digest="")
                | Q(~Q(status=ErasureStatus.ERASED), of_case__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["of_case"],
                name="retention_erasure_once",
                condition=Q(status__in=["proposed", "once", "confirmed", "erasing"]),
            ),
        ]
        indexes = [models.Index(fields=["due_on", "id"], name="retention_erasure_due")]

    def __str__(self) -> str:
        return self.status

    def get_absolute_url(self) -> str:
        return reverse("retention:erasure", args=[self.pk])


class Tombstone(Scoped):
    """That something was erased: a random number, the day and the law. It leads to nobody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    erased_on = models.DateField(db_index=True)
    basis = models.CharField(max_length=1000)
    country = _country()

    append_only = made_by_owner = True
    access = Held(Perm.RETENTION_VIEW)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-erased_on", "-id"], name="retention_tombstone_newest")]

    def __str__(self) -> str:
        return f"{self.erased_on:%Y-%m-%d}"
