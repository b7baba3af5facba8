"""What is planned with a survivor, how it is looked at again, and how the person is afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q, Value
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from aftercare.enums import CareDomain, GoalStatus, PlanEnd, PlanStatus, ReviewResult
from aftercare.querysets import PlanQuerySet
from aftercare.schedule import FOLLOWED_UP_AFTER
from casework.enums import Answer
from casework.models.records import ITS_CASE
from core.access import CONTENT, IDENTITY, CaseRows
from core.fields import EncryptedTextField
from core.history import tracked
from victims.models.records import SurvivorRecord

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@tracked
class CarePlan(SurvivorRecord):
    """The work with one survivor, from opening to closing and a year beyond.

    The three days at the end are the next of each kind, worked out by `aftercare.schedule`
    whenever something is recorded; nobody enters them.
    """

    involvement = models.ForeignKey(
        "victims.Involvement", on_delete=models.PROTECT, related_name="plans"
    )
    opened_on = models.DateField(_("Opened on"))
    opened_by = models.ForeignKey(  # somebody else closes it; nobody where nobody wrote it down
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(max_length=8, choices=PlanStatus, default=PlanStatus.OPEN)
    closed_on = models.DateField(_("Closed on"), null=True, blank=True)
    closed_for = models.CharField(
        _("Why"),
        max_length=14,
        choices=PlanEnd,
        blank=True,
        help_text=_("“Goals met”: all settled, nothing overdue, restored by the last assessment."),
    )
    closed_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Who goes on with the work; on which days it was tried in vain to reach the person.
    handed_to = models.ForeignKey(
        "aftercare.Provider",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Who goes on with the work"),
        help_text=_("If the person was handed over or moved away."),
    )
    tried_on = models.JSONField(
        _("Days on which you tried to reach the person without success"),
        default=list,
        db_default=Value([], models.JSONField()),
        help_text=_(
            "If contact is lost: at least three days, such as 2026-11-24, separated by spaces."
        ),
    )
    assess_by = models.DateField(null=True, editable=False)
    review_by = models.DateField(null=True, editable=False)
    follow_up_by = models.DateField(null=True, editable=False)

    access = CaseRows(CONTENT, Perm.REFERRAL_VIEW)
    named_with = ("case__jurisdiction", "case__office", "involvement__victim")
    objects: ClassVar[Any] = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["involvement"],
                name="aftercare_careplan_one_open",
                condition=Q(status=PlanStatus.OPEN),
            ),
            models.CheckConstraint(
                name="aftercare_careplan_closing_is_whole",
                condition=Q(
                    status=PlanStatus.OPEN,
                    closed_on__isnull=True,
                    closed_for="",
                    closed_by__isnull=True,
                )
                | Q(
                    status=PlanStatus.CLOSED,
                    closed_on__gte=F("opened_on"),
                    closed_for__in=PlanEnd.values,
                    closed_by__isnull=False,
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["involvement"], name="aftercare_plan_of_person"),
            models.Index(
                fields=["assess_by"], name="aftercare_plan_assess", condition=Q(status="open")
            ),
            models.Index(
                fields=["review_by"], name="aftercare_plan_review", condition=Q(status="open")
            ),
            models.Index(
                fields=["follow_up_by"],
                name="aftercare_plan_follow_up",
                condition=Q(follow_up_by__isnull=False),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("aftercare:plan", args=[self.pk])

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        since = date_format(self.opened_on, "j M Y")
        return [*super().describe(), (_("Care plan of"), since)]


class PlanRecord(SurvivorRecord):
    """A row of a care plan, shown on its page."""

    plan: Any
    plan_id: Any
    survivor_by = "plan__involvement"
    shown_with: ClassVar[tuple[str, ...]] = (*ITS_CASE, "plan__involvement__victim")

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        return reverse("aftercare:plan", args=[self.plan_id])

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        described: list[tuple[Any, Any]] = self.plan.describe()
        return described


@tracked
class Goal(PlanRecord):
    """What a survivor wants to reach, in the words of the plan."""

    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="goals")
    domain = models.CharField(_("Part of life"), max_length=10, choices=CareDomain)
    text = EncryptedTextField(
        _("What is to be reached"),
        help_text=_("In the words of the survivor. Encrypted, open to the team only."),
    )
    target_on = models.DateField(_("By when"))
    status = models.CharField(
        _("What became of it"), max_length=8, choices=GoalStatus, default=GoalStatus.OPEN
    )
    ended_on = models.DateField(_("On"), null=True, blank=True)

    access = CaseRows(IDENTITY, Perm.REFERRAL_VIEW)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="aftercare_goal_end_has_its_day",
                condition=Q(status=GoalStatus.OPEN, ended_on__isnull=True)
                | (Q(status__in=GoalStatus.values[1:]) & Q(ended_on__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["plan"], name="aftercare_goal_of_plan")]

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        return [*super().describe(), (self.get_domain_display(), self.text)]


@tracked
class PlanReview(PlanRecord):
    """That a plan was looked at again together with the survivor, at least every three months."""

    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="reviews")
    reviewed_on = models.DateField(_("Looked at on"))
    result = models.CharField(_("What came of it"), max_length=10, choices=ReviewResult)

    access = CaseRows(CONTENT, Perm.REFERRAL_VIEW)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "reviewed_on"], name="aftercare_review_once"),
        ]


def _answer(label: StrOrPromise) -> models.CharField[str, str]:
    return models.CharField(label, max_length=8, choices=Answer, default=Answer.UNKNOWN)


@tracked
class FollowUp(PlanRecord):
    """How a survivor is, three, six and twelve months after the plan was closed."""

    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="follow_ups")
    months = models.PositiveSmallIntegerField(choices=[(n, str(n)) for n in FOLLOWED_UP_AFTER])
    done_on = models.DateField(_("Asked on"))
    contact_lost = models.BooleanField(_("Contact is lost"), default=False)
    safe = _answer(_("Is the person safe?"))
    in_school_or_work = _answer(_("In school or at work?"))
    revictimised = _answer(_("Exploited or abused again?"))

    access = CaseRows(CONTENT, Perm.REFERRAL_VIEW)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "months"], name="aftercare_followup_once"),
            models.CheckConstraint(
                name="aftercare_followup_known_months",
                condition=Q(months__in=FOLLOWED_UP_AFTER),
            ),
            models.CheckConstraint(
                name="aftercare_followup_lost_knows_nothing",
                condition=Q(contact_lost=False)
                | Q(safe="unknown", in_school_or_work="unknown", revictimised="unknown"),
            ),
        ]
