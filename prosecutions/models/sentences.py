"""What somebody was sentenced to, and what was paid of the compensation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.models import CaseRecord
from casework.models.records import ITS_CASE
from core.access import CONTENT, CaseRows
from core.history import tracked
from prosecutions.enums import CompensationPayer
from prosecutions.models.courts import Judgment
from prosecutions.models.people import Suspect
from prosecutions.models.proceedings import ProceedingRecord
from prosecutions.sentencing import SentenceQuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@tracked
class Sentence(ProceedingRecord):
    """What a convicted person was sentenced to in a judgment."""

    judgment = models.ForeignKey(Judgment, on_delete=models.PROTECT, related_name="sentences")
    suspect = models.ForeignKey(
        Suspect,
        on_delete=models.PROTECT,
        related_name="sentences",
        verbose_name=_("Convicted person"),
    )
    months = models.PositiveSmallIntegerField(_("Imprisonment, in months"), null=True, blank=True)
    life = models.BooleanField(_("For life"), default=False)
    suspended = models.BooleanField(_("Suspended"), default=False)
    fine = models.DecimalField(_("Fine"), max_digits=14, decimal_places=2, null=True, blank=True)
    compensation = models.DecimalField(
        _("Compensation ordered"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(
        _("Currency"), max_length=3, blank=True, help_text=_("Three letters, such as INR or USD.")
    )  # ISO 4217, of fine and compensation

    deletable = True
    access = CaseRows(CONTENT, Perm.PROSECUTION_VIEW)
    named_with = ("case__jurisdiction", "case__office", "judgment")
    proceeding_by = "judgment__prosecution"
    shown_with = (
        *ITS_CASE,
        "suspect",
        "judgment__prosecution__jurisdiction",
        "judgment__prosecution__court__jurisdiction",
    )
    objects: ClassVar[Any] = SentenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["judgment", "suspect"], name="prosecutions_sentence_once"
            ),
            models.CheckConstraint(
                name="prosecutions_sentence_life_has_no_months",
                condition=Q(life=False) | Q(months__isnull=True),
            ),
            models.CheckConstraint(
                name="prosecutions_sentence_money_has_currency",
                condition=Q(fine__isnull=True, compensation__isnull=True)
                | Q(currency__regex=r"^[A-Z]{3}$"),
            ),
        ]

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        return [*self.judgment.describe(), (_("Suspect"), self.suspect.code)]


@tracked
class CompensationShare(CaseRecord):
    """What of the compensation of a sentence is ordered to one survivor, in its currency."""

    sentence = models.ForeignKey(Sentence, on_delete=models.PROTECT, related_name="shares")
    involvement = models.ForeignKey(
        "victims.Involvement", on_delete=models.PROTECT, related_name="compensation"
    )
    amount = models.DecimalField(_("Amount"), max_digits=14, decimal_places=2)

    deletable = True
    access = CaseRows(CONTENT, Perm.PROSECUTION_VIEW)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sentence", "involvement"], name="prosecutions_compensationshare_once"
            ),
            models.CheckConstraint(
                name="prosecutions_compensationshare_is_money", condition=Q(amount__gt=0)
            ),
        ]
        indexes = [models.Index(fields=["involvement"], name="prosecutions_share_of_person")]


@tracked
class CompensationPayment(CaseRecord):
    """Money paid of what a sentence ordered as compensation, in the currency of the sentence.

    Paid is not received: a court may hold what was paid in for months.
    """

    sentence = models.ForeignKey(Sentence, on_delete=models.PROTECT, related_name="payments")
    amount = models.DecimalField(_("Amount"), max_digits=14, decimal_places=2)
    paid_on = models.DateField(_("Paid on"))
    payer = models.CharField(
        _("Who paid"), max_length=10, choices=CompensationPayer, blank=True, db_default=""
    )
    involvement = models.ForeignKey(
        "victims.Involvement",
        on_delete=models.PROTECT,
        related_name="compensation_paid",
        verbose_name=_("For which survivor"),
        help_text=_("Leave it empty if nobody knows yet."),
        null=True,
        blank=True,
    )
    received_on = models.DateField(
        _("Reached the survivor on"),
        null=True,
        blank=True,
        help_text=_("Leave it empty while a court or somebody else holds the money."),
    )

    deletable = True
    access = CaseRows(CONTENT, Perm.PROSECUTION_VIEW)
    part, shown_with = "court", (*ITS_CASE, "sentence__suspect", "sentence__judgment__prosecution")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="prosecutions_compensationpayment_is_money", condition=Q(amount__gt=0)
            ),
            models.CheckConstraint(
                name="prosecutions_compensationpayment_reached_somebody",
                condition=Q(received_on__isnull=True)
                | Q(involvement__isnull=False, received_on__gte=F("paid_on")),
            ),
        ]
        indexes = [models.Index(fields=["involvement"], name="prosecutions_paid_to_person")]
