"""What is computed every week, month or quarter, for whom.

django-celery-beat keeps schedules in tables of its own: whoever may write them runs any task as
nobody in particular, past services, walls and the history. So a schedule is a row of the person
who gets the report, and the job that computes it acts as that person, with the rights of that
day. What a colleague asked for says so, and is theirs all the same. The letter holds no name,
figure or report; figures for a donor leave by a release, which the report prepares on its day
(`reports/outside/`).
"""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from core.access import Own, Scoped, ScopedQuerySet
from core.models import Record
from places.enums import JurisdictionLevel
from reports.params import APRIL, quarter_of

LAST_DAY = 28  # every month has it
SUNDAY = 7
ONE_DAY, ONE_WEEK = timedelta(days=1), timedelta(days=7)


class Rhythm(models.TextChoices):
    WEEK = "week", _("Every week")
    MONTH = "month", _("Every month")
    QUARTER = "quarter", _("Every quarter")

    def began(self, today: date) -> date:
        """The first day of the week, month or quarter that runs."""
        monday = today - timedelta(days=today.weekday())
        return {"week": monday, "month": today.replace(day=1), "quarter": quarter_of(today)}[self]


class Span(models.TextChoices):
    WEEK = "week", _("The week before")
    MONTH = "month", _("The month before")
    QUARTER = "quarter", _("The quarter before")
    TWELVE = "twelve", _("The twelve months before")
    YEAR = "year", _("The year up to the month before")
    CALENDAR = "calendar", _("The calendar year before")
    APRIL = "april", _("The year before, April to March")
    ALL = "all", _("Everything up to the month before")

    def days(self, today: date) -> tuple[date | None, date]:
        """Its first and last day: of what is over today, the newest. Everything has no first."""
        first_of = {"week": Rhythm.WEEK.began(today), "quarter": quarter_of(today)}
        first_of |= {"calendar": date(today.year, 1, 1)}
        first_of |= {"april": date(today.year - (today.month < APRIL), APRIL, 1)}
        after = first_of.get(self, today.replace(day=1))
        last = after - ONE_DAY
        first = {
            "week": after - ONE_WEEK,
            "month": last.replace(day=1),
            "quarter": quarter_of(last),
            "year": last.replace(month=1, day=1),
            "all": None,
        }
        return first.get(self, after.replace(year=after.year - 1)), last


class ScheduleQuerySet(ScopedQuerySet):
    def running(self) -> ScheduleQuerySet:
        return self.filter(stopped_at__isnull=True)


class Schedule(Record, Scoped):
    """A report that comes to one person by itself, of what this person counts.

    `asked_by`: who asked for it, if that is somebody else. `day`: of the week, from Monday on, of
    the month, or of the quarter.
    """

    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    report = models.CharField(max_length=60)
    every = models.CharField(
        max_length=10, choices=Rhythm, default=Rhythm.MONTH, db_default=Rhythm.MONTH
    )
    span = models.CharField(max_length=10, choices=Span)
    jurisdiction = models.CharField(max_length=16, blank=True)
    programme = models.CharField(max_length=30, blank=True)
    day = models.PositiveSmallIntegerField()
    # To which outside addresses a release of it goes, and how finely its table is divided.
    outside = ArrayField(models.UUIDField(), default=list, db_default=[], blank=True)
    level = models.CharField(
        max_length=10,
        choices=JurisdictionLevel,
        default=JurisdictionLevel.COUNTRY,
        db_default=JurisdictionLevel.COUNTRY,
    )
    by_programme = models.BooleanField(default=False, db_default=False)
    last_run = models.DateField(null=True)
    stopped_at = models.DateTimeField(null=True)

    shown_with = ("asked_by",)
    access = Own("made_by")
    objects = ScheduleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reports_schedule_day_of_every_month",
                condition=Q(day__gte=1, day__lte=LAST_DAY),
            ),
            models.CheckConstraint(
                name="reports_schedule_day_of_every_week",
                condition=~Q(every=Rhythm.WEEK) | Q(day__lte=SUNDAY),
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

    @property
    def on_day(self) -> object:
        """On which day it comes, in words."""
        return WEEKDAYS[self.day - 1] if self.every == Rhythm.WEEK else self.day

    def has_come(self, today: date) -> bool:
        """Whether its day of the week, month or quarter that runs is today or over."""
        return self.day <= (today - Rhythm(self.every).began(today)).days + 1

    def is_due(self, today: date) -> bool:
        """Whether it has come, and was not yet asked for in this week, month or quarter."""
        began = Rhythm(self.every).began(today)
        return self.has_come(today) and (self.last_run is None or self.last_run < began)

    def asked(self, today: date) -> dict[str, str]:
        """The parameters of the span that ended before this day."""
        first, last = Span(self.span).days(today)
        asked = {"to": last.isoformat(), "as_of": today.isoformat()}
        if first:
            asked["from"] = first.isoformat()
        narrowed = {"jurisdiction": self.jurisdiction, "programme": self.programme}
        return asked | {name: code for name, code in narrowed.items() if code}
