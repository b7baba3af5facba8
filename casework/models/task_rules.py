"""What an organisation has set of the rules by which tasks follow from the record (`desk.rules`).

A rule itself is code. Here stands whether it is asked, after how many days, and of whom; one row
for each rule, made by `migrate`, and as shipped until somebody sets it.
"""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.access import Reference, Scoped, ScopedQuerySet
from core.models import Record

MOST_DAYS = 730


class TaskRuleQuerySet(ScopedQuerySet):
    def differing(self) -> Self:
        """Those that are not as shipped."""
        return self.filter(Q(is_on=False) | Q(days__isnull=False) | ~Q(roles=[]))


class TaskRule(Record, Scoped):
    """A rule of tasks as the organisation has it asked, of all its offices."""

    rule = models.CharField(max_length=40, unique=True)  # its code
    is_on = models.BooleanField(_("This is asked"), default=True, db_default=True)
    days = models.PositiveSmallIntegerField(_("Days"), null=True, blank=True)
    roles = ArrayField(
        models.CharField(max_length=20),
        verbose_name=_("Whom it is asked of"),
        default=list,
        blank=True,
        help_text=_("Leave it empty to ask everybody who may do it."),
    )
    set_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    set_at = models.DateTimeField(null=True)

    access = Reference()
    plural, changeable = "task-rules", ("is_on", "days", "roles", "set_by", "set_at")
    shown_with = ("set_by",)
    objects = TaskRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="casework_taskrule_days",
                condition=Q(days__isnull=True) | Q(days__lte=MOST_DAYS),
            ),
            models.CheckConstraint(
                name="casework_taskrule_set_by_somebody",
                condition=Q(set_by__isnull=True, set_at__isnull=True)
                | Q(set_by__isnull=False, set_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.rule

    def get_absolute_url(self) -> str:
        return reverse("desk:task-rule", args=[self.pk])
