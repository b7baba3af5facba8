"""A case, the people assigned to it, and the counters of case references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.enums import CaseStatus, Programme, SupportLevel
from casework.models.records import CaseRecord
from casework.querysets import AssignmentQuerySet, CaseQuerySet
from core.access import EXISTS, SEALED, CaseRows, Nobody, Scoped, ScopedQuerySet
from core.addresses import of_row
from core.fields import Whether
from core.history import tracked
from core.models import Record

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from accounts.models import User


@tracked
class Case(Record, Scoped):
    """One matter, from lead to closing. `level` is 1, or 4 while the case is sealed."""

    reference = models.CharField(max_length=20, unique=True)
    programme = models.CharField(_("Kind of exploitation"), max_length=20, choices=Programme)
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="cases")
    level = models.PositiveSmallIntegerField(default=EXISTS, editable=False)
    jurisdiction = models.ForeignKey(
        "places.Jurisdiction",
        on_delete=models.PROTECT,
        related_name="cases",
        verbose_name=_("Place"),
        help_text=_("Where it happened, as closely as is known."),
    )
    status = models.CharField(max_length=20, choices=CaseStatus, default=CaseStatus.LEAD)
    support_level = models.CharField(
        _("How far it is our casework"),
        max_length=10,
        choices=SupportLevel,
        default=SupportLevel.OWN,
    )
    opened_on = models.DateField(_("Opened on"))
    closed_on = models.DateField(null=True, blank=True)

    access = CaseRows(EXISTS, Perm.CASE_VIEW, case="pk")
    named_with = shown_with = ("jurisdiction", "office")
    objects = CaseQuerySet.as_manager()
    sealed = Whether("level", SEALED)
    lacking: frozenset[Any] | None = None  # tables found to hold nothing of it, on its page
    pinned: bool | None = None  # by whoever reads its page

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="casework_case_closed_after_opened",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=models.F("opened_on")),
            ),
            models.CheckConstraint(
                name="casework_case_closed_has_date",
                condition=Q(closed_on__isnull=True, status__in=CaseStatus.OPEN)
                | Q(closed_on__isnull=False, status=CaseStatus.CLOSED),
            ),
            models.CheckConstraint(
                name="casework_case_known_codes",
                condition=Q(programme__in=Programme.values, status__in=CaseStatus.values),
            ),
            models.CheckConstraint(
                name="casework_case_level", condition=Q(level__in=[EXISTS, SEALED])
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "status", "-opened_on", "-id"], name="casework_case_office_list"
            ),
            models.Index(fields=["-opened_on", "-id"], name="casework_case_list"),
            models.Index(fields=["office", "-opened_on", "-id"], name="casework_case_of_office"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return of_row("desk:case", self.pk)

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        """Nothing stands above a form about it: its page is named there."""
        return []

    def rows(self, model: Any, user: User) -> Any:
        """Rows of it as far as this person may see them."""
        if self.lacking and model in self.lacking:
            return model.objects.none()
        return model.objects.visible_in(self, user)


@tracked
class Assignment(CaseRecord):
    """Someone on the team of a case. Of a sealed case only those `named` see anything."""

    user = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        related_name="assignments",
        verbose_name=_("Person"),
    )
    named = models.BooleanField(default=False)
    started_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True, blank=True)

    part = "team"
    access = CaseRows(EXISTS, Perm.TEAM_VIEW)
    objects: ClassVar[Any] = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"],
                name="casework_assignment_once",
                condition=Q(ended_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["user", "case"], name="casework_assignment_of_user")]


class ReferenceCounter(Scoped):
    """The last case number of an office in a year; its row lock keeps references without gaps."""

    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    access = Nobody()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "year"], name="casework_referencecounter_once"
            ),
        ]
