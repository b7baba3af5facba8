"""What is to be erased, and what is left of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from core.access import Access, Held, Scoped, ScopedQuerySet
from core.fields import EncryptedTextField
from core.models import Record
from retention.enums import ErasureStatus, Kind
from retention.models import columns


class OfOpenCases(Access):
    """Of the cases one may see, and of survivors who are in one; what is erased leads to none and
    is everybody's who may look."""

    view = Perm.RETENTION_VIEW

    def scope(self, rows: Any, user: Any) -> Any:
        cases: Any = apps.get_model("casework.Case").objects
        parts: Any = apps.get_model("victims.Involvement").objects
        mine = cases.visible_to(user).values("pk")
        in_mine = parts.filter(case__in=mine, victim__in=OuterRef("of_person"))
        return rows.filter(Q(of_case=None) | Q(of_case__in=mine) | Exists(in_mine))


class Erasure(Record, Scoped):
    """A case whose time is over, one survivor whom two persons erase from every case, or an old
    part of the history or of the figures: proposed by the clock or by a person, confirmed by two,
    undone by one."""

    of_case = models.UUIDField(null=True)  # until it is erased
    of_person = models.UUIDField(null=True)  # where it is one survivor; `of_case`: asked for there
    of_kind = models.CharField(max_length=10, choices=Kind, blank=True, db_default="")
    until = models.DateField(null=True)  # of the history or of figures: what is older
    papers = ArrayField(models.UUIDField(), default=list, db_default=[])  # about this one alone
    country = columns.country(null=True)
    due_on = models.DateField()
    basis = models.CharField(max_length=1000)  # the legal sources it rests on
    status = models.CharField(max_length=10, choices=ErasureStatus, default=ErasureStatus.PROPOSED)
    first_by = columns.person(null=True)
    first_at = models.DateTimeField(null=True)
    second_by = columns.person(null=True)
    second_at = models.DateTimeField(null=True)
    not_before = models.DateTimeField(null=True)  # until then it can be undone
    kept_by = columns.person(null=True)
    kept_until = models.DateField(
        _("Keep until"), null=True, help_text=_("It is proposed again after this day.")
    )
    kept_for = EncryptedTextField(
        _("Reason"), null=True, help_text=_("Why it must be kept. Leave names out.")
    )
    # While it is being erased: what a killed worker goes on with.
    digest = models.CharField(max_length=80, blank=True)
    # Of what goes with a survivor.
    digests = ArrayField(models.CharField(max_length=80), default=list, db_default=[])
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
                condition=Q(
                    status=ErasureStatus.ERASED,
                    of_case__isnull=True,
                    of_person__isnull=True,
                    papers=[],
                    digest="",
                    digests=[],
                )
                | Q(~Q(status=ErasureStatus.ERASED), of_case__isnull=False, of_kind="")
                | Q(
                    ~Q(status=ErasureStatus.ERASED),
                    of_case__isnull=True,
                    of_kind__in=sorted(Kind.EVERYWHERE),
                    until__isnull=False,
                ),
            ),
            models.UniqueConstraint(
                fields=["of_case"],
                name="retention_erasure_once",
                condition=Q(
                    status__in=["proposed", "once", "confirmed", "erasing"], of_person__isnull=True
                ),
            ),
            models.UniqueConstraint(
                fields=["of_kind"],
                name="retention_erasure_of_kind_once",
                condition=Q(status__in=["proposed", "once", "confirmed", "erasing"])
                & ~Q(of_kind=""),
            ),
            models.UniqueConstraint(
                fields=["of_person"],
                name="retention_erasure_of_person_once",
                condition=Q(status__in=["proposed", "once", "confirmed", "erasing"]),
            ),
        ]
        indexes = [models.Index(fields=["due_on", "id"], name="retention_erasure_due")]

    def __str__(self) -> str:
        return self.status

    def get_absolute_url(self) -> str:
        return reverse("retention:erasure", args=[self.pk])

    @property
    def title(self) -> str:
        if self.of_person:
            return str(_("A survivor who is to be erased"))
        if self.of_kind:
            return str(_("What has had its time"))
        return str(_("A case that has had its time"))

    def describe(self) -> list[tuple[Any, Any]]:
        due = _("Asked for on") if self.of_person else _("Had its time on")
        lines = [
            (_("What it is about"), self.get_of_kind_display()),
            (_("All that is older than"), columns.day(self.until)),
            (_("Country"), str(self.country) if self.country else ""),
            (due, columns.day(self.due_on)),
            (_("Legal source"), self.basis),
            (_("Confirmed by"), columns.by(self.first_by, self.first_at)),
            (_("Confirmed also by"), columns.by(self.second_by, self.second_at)),
            (_("Can be taken back until"), columns.day(self.not_before)),
            (_("Kept until"), columns.day(self.kept_until)),
            (_("Why it is kept"), self.kept_for or ""),
            (_("Erased on"), columns.day(self.erased_at)),
            (_("Tombstone"), str(self.tombstone or "")),
        ]
        return [(label, value) for label, value in lines if value]


class Tombstone(Scoped):
    """That something was erased: a random number, the day and the law. It leads to nobody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    erased_on = models.DateField(db_index=True)
    basis = models.CharField(max_length=1000)
    country = columns.country()

    append_only = made_by_owner = True
    access = Held(Perm.RETENTION_VIEW)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-erased_on", "-id"], name="retention_tombstone_newest")]

    def __str__(self) -> str:
        return f"{self.erased_on:%Y-%m-%d}"
