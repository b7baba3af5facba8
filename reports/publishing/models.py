"""What left the organisation, and what somebody asks to let out."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from core.access import Access, Held, Scoped, ScopedQuerySet
from core.models import Record
from places.enums import JurisdictionLevel
from reports.publishing.keys import Detail, Key
from reports.readers import rows_key


class Verdict(models.TextChoices):
    APPROVED = "approved", _("Released")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class OfSameScope(Access):
    """For those who decide, and whose own figures are made of the same rows."""

    view = Perm.RELEASE_DECIDE

    def scope(self, rows: Any, user: Any) -> ScopedQuerySet:
        return rows.filter(snapshot__scope_key=rows_key(user))


class Divided(models.Model):
    """A snapshot as a table for somebody outside: how finely, for whom and why."""

    snapshot = models.ForeignKey("reports.Snapshot", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(
        _("Places down to"),
        max_length=10,
        choices=JurisdictionLevel,
        help_text=_("Wider places merge the groups of narrower ones."),
    )
    by_programme = models.BooleanField(_("Divided by programme"))
    recipient = models.CharField(
        _("To whom"), max_length=200, help_text=_("An organisation, or the public.")
    )
    reason = models.CharField(
        _("Reason"), max_length=300, help_text=_("One line. Do not write about a case.")
    )
    digest = models.CharField(max_length=64)  # SHA-256 of the table as it leaves

    class Meta:
        abstract = True

    @property
    def detail(self) -> Detail:
        return Detail(self.level, self.by_programme)


class ReleaseProposalQuerySet(ScopedQuerySet):
    def waiting(self) -> ReleaseProposalQuerySet:
        return self.filter(outcome="")


class ReleaseProposal(Record, Divided, Scoped):
    """Somebody asks that a table be released, and a second person decides."""

    proposed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Verdict, blank=True)

    names = ("recipient", "reason")
    shown_with = ("snapshot", "proposed_by")
    access = OfSameScope()
    objects = ReleaseProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reports_releaseproposal_second_person",
                condition=~Q(outcome=Verdict.APPROVED) | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="reports_releaseproposal_decided_by_someone",
                condition=Q(outcome="", decided_by__isnull=True, decided_at__isnull=True)
                | Q(outcome__in=Verdict.values, decided_by__isnull=False)
                & Q(decided_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["snapshot", "level", "by_programme", "recipient"],
                name="reports_releaseproposal_asked_once",
                condition=Q(outcome=""),
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="reports_proposal_newest"),
        ]

    def __str__(self) -> str:
        return self.outcome or "waiting"

    def get_absolute_url(self) -> str:
        return reverse("reports:proposal", args=[self.pk])


class Release(Record, Divided, Scoped):
    """The log of what left: the table itself, who let it out, for whom, why and when."""

    proposal = models.OneToOneField(
        ReleaseProposal, on_delete=models.PROTECT, related_name="release"
    )
    proposed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(db_default=Now())
    table = models.JSONField()  # as it left
    suppressed = models.JSONField()  # [row, column] of every hidden count
    totals = models.JSONField()  # by row, the counts in which sealed cases are

    append_only = True
    names = ("recipient", "reason")
    access = Held(Perm.RELEASE_VIEW)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reports_release_second_person",
                condition=~Q(approved_by=F("proposed_by")),
            ),
        ]
        indexes = [
            models.Index(fields=["-released_at", "-id"], name="reports_release_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.released_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("reports:release", args=[self.pk])

    @property
    def hidden(self) -> set[Key]:
        return {Key(str(self.pk), row, column) for row, column in self.suppressed}
