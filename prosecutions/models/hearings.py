"""Hearings: listed for a day, then held or adjourned, and followed by the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from core.access import CONTENT, CaseRows
from core.history import tracked
from prosecutions.court_querysets import HearingQuerySet
from prosecutions.enums import Adjournment, HearingPurpose, HearingResult, NoNextDate
from prosecutions.models.proceedings import ProceedingRecord, Prosecution

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@tracked
class Hearing(ProceedingRecord):
    """One listing of a proceeding. Without a result it is still to come, or its result is due.

    Day and hour are those of the clock at the court. `judge` and `counsel` are people in office,
    named as the list of the court names them.
    """

    prosecution = models.ForeignKey(Prosecution, on_delete=models.PROTECT, related_name="hearings")
    follows = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="next"
    )
    listed_on = models.DateField(_("Day"))
    listed_at = models.TimeField(_("Hour, if known"), null=True, blank=True)
    purpose = models.CharField(_("What for"), max_length=12, choices=HearingPurpose)
    room = models.CharField(_("Room"), max_length=40, blank=True, db_default="")
    judge = models.CharField(_("Judge"), max_length=120, blank=True, db_default="")
    counsel = models.CharField(_("Who appears for us"), max_length=120, blank=True, db_default="")
    result = models.CharField(max_length=10, choices=HearingResult, blank=True)
    adjourned_for = models.CharField(max_length=16, choices=Adjournment, blank=True)
    no_next_date = models.CharField(
        _("Why there is no next date"), max_length=12, choices=NoNextDate, blank=True
    )

    deletable = True
    access = CaseRows(CONTENT, Perm.PROSECUTION_VIEW)
    objects: ClassVar[Any] = HearingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["prosecution", "listed_on", "purpose"],
                condition=~Q(result=HearingResult.VACATED),
                name="prosecutions_hearing_once",
            ),
            models.CheckConstraint(
                name="prosecutions_hearing_reason_is_of_an_adjournment",
                condition=Q(adjourned_for="") | Q(result=HearingResult.ADJOURNED),
            ),
            models.CheckConstraint(
                name="prosecutions_hearing_ends_with_a_result",
                condition=Q(no_next_date="") | ~Q(result=""),
            ),
            models.CheckConstraint(
                name="prosecutions_hearing_does_not_follow_itself",
                condition=Q(follows__isnull=True) | ~Q(follows=F("pk")),
            ),
        ]
        indexes = [
            models.Index(fields=["prosecution", "listed_on"], name="prosecutions_hearing_day"),
            models.Index(
                fields=["listed_on", "id"],
                name="prosecutions_hearing_due",
                condition=Q(result=""),
            ),
            models.Index(fields=["-listed_on", "-id"], name="prosecutions_hearing_list"),
            models.Index(
                fields=["office", "-listed_on", "-id"], name="prosecutions_hearing_of_office"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listed_on} {self.get_purpose_display()}"

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        words = f"{date_format(self.listed_on, 'D j M Y')}, {self.get_purpose_display()}"
        return [*super().describe(), (_("Hearing"), words)]
