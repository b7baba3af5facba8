"""What is computed every month, for whom.

django-celery-beat keeps schedules in tables of its own: whoever may write them runs any task as
nobody in particular, past services, walls and the history. So a schedule is a row of the person
who wants the report, and the job that computes it acts as that person, with the rights of that
day. The letter holds no name, figure or report; figures for a donor leave by a release.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.access import Own, Scoped, ScopedQuerySet
from core.models import Record

LAST_DAY = 28  # every month has it


class Span(models.TextChoices):
    MONTH = "month", _("The month before")
    YEAR = "year", _("The year up to the month before")
    ALL = "all", _("Everything up to the month before")


class ScheduleQuerySet(ScopedQuerySet):
    def running(self) -> ScheduleQuerySet:
        return self.filter(stopped_at__isnull=True)

    def due(self, today: date) -> ScheduleQuerySet:
        """Not yet asked for in this month, and its day has come."""
        before = Q(last_run__isnull=True) | Q(last_run__lt=today.replace(day=1))
        return self.running().filter(before, day__lte=today.day)


class Schedule(Record, Scoped):
    """A report that one person wants every month, of what this person counts."""

    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    report = models.CharField(max_length=60)
    span = models.CharField(max_length=10, choices=Span)
    jurisdiction = models.CharField(max_length=16, blank=True)
    programme = models.CharField(max_length=30, blank=True)
    day = models.PositiveSmallIntegerField()
    last_run = models.DateField(null=True)
    stopped_at = models.DateTimeField(null=True)

    access = Own("made_by")
    objects = ScheduleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reports_schedule_day_of_every_month",
                condition=Q(day__gte=1, day__lte=LAST_DAY),
            ),
            models.UniqueConstraint(
                fields=["made_by", "report", "span", "jurisdiction", "programme"],
                name="reports_schedule_once",
                condition=Q(stopped_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["made_by", "-created_at", "-id"], name="reports_schedule_list"),
        ]

    def __str__(self) -> str:
        return self.report

    def get_absolute_url(self) -> str:
        return reverse("reports:schedules")

    def asked(self, today: date) -> dict[str, str]:
        """The parameters of the month that ended before this day."""
        last = today.replace(day=1) - timedelta(days=1)
        first = {Span.MONTH: last.replace(day=1), Span.YEAR: last.replace(month=1, day=1)}
        asked = {"to": last.isoformat(), "as_of": today.isoformat()}
        if start := first.get(Span(self.span)):
            asked["from"] = start.isoformat()
        narrowed = {"jurisdiction": self.jurisdiction, "programme": self.programme}
        return asked | {name: code for name, code in narrowed.items() if code}
