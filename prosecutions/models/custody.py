"""Custody: from when, until when at most, how it ended, and on what bail; and the clock of those
who are presumed to be held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.models import CaseRecord
from casework.models.records import ITS_CASE
from core.access import CONTENT, EXISTS, CaseRows
from core.history import tracked
from prosecutions.court_querysets import CustodyQuerySet
from prosecutions.enums import BailCondition, Breach, LimitReason, Release
from prosecutions.models.people import Suspect

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@tracked
class Custody(CaseRecord):
    """One stretch of custody of a suspect, the two limits that run, and the bail that ended it.

    `court_by`: until when the police may hold somebody without a court; `in_court_on` ends it.
    `charge_by`: the last day for a charge, after which the person is entitled to bail. Both follow
    from the law (`prosecutions/limits.py`), by the gravity of `provision`; a `limit_reason` says
    why they stand here otherwise.
    """

    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="custodies")
    since = models.DateField(_("In custody since"))
    since_at = models.TimeField(
        _("At what hour"),
        null=True,
        blank=True,
        help_text=_("Limits in hours count from this time; if not known, from midnight."),
    )
    provision = models.ForeignKey(
        "prosecutions.Provision",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Held for"),
        help_text=_("The limit depends on its gravity. If not known, the shortest limit applies."),
    )
    in_court_on = models.DateField(_("Brought before a court on"), null=True, blank=True)
    court_by = models.DateTimeField(null=True, blank=True)
    charge_by = models.DateField(
        _("Last day for a charge"),
        null=True,
        blank=True,
        help_text=_("After that day the person is entitled to bail."),
    )
    limit_reason = models.CharField(
        _("Another limit than that of the law"),
        max_length=10,
        choices=LimitReason,
        blank=True,
        default="",
        db_default="",
        help_text=_("Then enter the hours or the day that apply here."),
    )
    ended_on = models.DateField(_("Released on"), null=True, blank=True)
    ended = models.CharField(_("How it ended"), max_length=12, choices=Release, blank=True)
    bail_conditions = ArrayField(
        models.CharField(max_length=12, choices=BailCondition),
        default=list,
        db_default=[],
        verbose_name=_("Conditions of the bail"),
    )
    sureties = models.PositiveSmallIntegerField(_("Sureties"), null=True, blank=True)
    bail_amount = models.DecimalField(
        _("Bond or deposit"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    bail_currency = models.CharField(
        _("Currency"),
        max_length=3,
        blank=True,
        default="",
        db_default="",
        help_text=_("Three letters, such as INR or USD."),
    )
    breached_on = models.DateField(_("Bail broken on"), null=True, blank=True)
    breach = models.CharField(
        _("How it was broken"), max_length=10, choices=Breach, blank=True, default="", db_default=""
    )

    deletable = True
    access = CaseRows(CONTENT, Perm.SUSPECT_VIEW)
    part, shown_with = "suspects", (*ITS_CASE, "suspect__perpetrator")
    objects: ClassVar[Any] = CustodyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["suspect"],
                name="prosecutions_custody_one_at_a_time",
                condition=Q(ended_on__isnull=True),
            ),
            models.CheckConstraint(
                name="prosecutions_custody_days_in_order",
                condition=(Q(ended_on__isnull=True) | Q(ended_on__gte=F("since")))
                & (Q(charge_by__isnull=True) | Q(charge_by__gte=F("since"))),
            ),
            models.CheckConstraint(
                name="prosecutions_custody_end_has_its_kind",
                condition=Q(ended_on__isnull=True, ended="")
                | (Q(ended_on__isnull=False) & ~Q(ended="")),
            ),
            models.CheckConstraint(
                name="prosecutions_custody_in_court_once_held",
                condition=Q(in_court_on__isnull=True) | Q(in_court_on__gte=F("since")),
            ),
            models.CheckConstraint(
                name="prosecutions_custody_terms_are_of_bail",
                condition=Q(ended__in=Release.ON_BAIL)
                | Q(bail_conditions=[], sureties__isnull=True, bail_amount__isnull=True, breach=""),
            ),
            models.CheckConstraint(
                name="prosecutions_custody_bail_has_currency",
                condition=Q(bail_amount__isnull=True, bail_currency="")
                | Q(bail_amount__gt=0, bail_currency__regex=r"^[A-Z]{3}$"),
            ),
            models.CheckConstraint(
                name="prosecutions_custody_breach_has_its_day",
                condition=Q(breach="", breached_on__isnull=True)
                | (~Q(breach="") & Q(breached_on__gte=F("ended_on"))),
            ),
        ]
        indexes = [models.Index(fields=["suspect"], name="prosecutions_custody_suspect")]

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        since = date_format(self.since, "j M Y")
        return [*self.suspect.describe(), (_("In custody since"), since)]


class CustodyClock(CaseRecord):
    """That somebody of a case is presumed to be in custody, and until when at most: no name, no
    code, nothing by which to tell who.

    Told to every legal officer and case manager of the office, as the hours run whoever is on the
    team. Kept by triggers (`core/wall/custody_clock.sql`), which follow arrests,
    custodies and deaths; nobody else writes it. `country`: whose law the limit is of.
    """

    court_by = models.DateTimeField()
    country = models.CharField(max_length=2)

    append_only = True
    access = CaseRows(EXISTS, Perm.CUSTODY_CLOCK_VIEW)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "court_by"], name="prosecutions_clock_once"),
        ]
        indexes = [models.Index(fields=["court_by", "id"], name="prosecutions_clock_soonest")]
