"""Compensation that a survivor asked for herself. What a sentence orders stands with the court."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from aftercare.codes import ClaimKind, ClaimStatus
from aftercare.models.ledger import LedgerRecord, in_money
from casework.models.records import ITS_CASE
from core.access import CONTENT, CaseRows
from core.history import tracked

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@tracked
class CompensationClaim(LedgerRecord):
    """A claim to a scheme, for restitution, or in a civil court: asked, and what was answered."""

    involvement = models.ForeignKey(
        "victims.Involvement", on_delete=models.PROTECT, related_name="claims"
    )
    kind = models.CharField(_("What is asked for"), max_length=12, choices=ClaimKind)
    asked_on = models.DateField(_("Asked on"))
    jurisdiction = models.ForeignKey(
        "places.Jurisdiction", on_delete=models.PROTECT, related_name="+", verbose_name=_("Where")
    )
    agency = models.ForeignKey(
        "places.Agency",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Of whom"),
    )
    currency = models.CharField(
        _("Currency"), max_length=3, help_text=_("Three letters, such as INR.")
    )  # ISO 4217
    amount = models.DecimalField(
        _("Amount"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Leave empty if none was named."),
    )
    status = models.CharField(
        _("What came of it"), max_length=10, choices=ClaimStatus, default=ClaimStatus.ASKED
    )
    answered_on = models.DateField(_("Day of the answer"), null=True, blank=True)
    awarded = models.DecimalField(
        _("Amount awarded"), max_digits=14, decimal_places=2, null=True, blank=True
    )

    access = CaseRows(CONTENT, Perm.REFERRAL_VIEW)
    named_with = ("case__jurisdiction", "case__office")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="aftercare_claim_known_codes",
                condition=Q(kind__in=ClaimKind.values, status__in=ClaimStatus.values),
            ),
            models.CheckConstraint(
                name="aftercare_claim_answer_has_its_day",
                condition=Q(status="asked", answered_on__isnull=True, awarded__isnull=True)
                | Q(status="awarded", answered_on__gte=F("asked_on"), awarded__gt=0)
                | Q(
                    status__in=("refused", "withdrawn"),
                    answered_on__gte=F("asked_on"),
                    awarded__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="aftercare_claim_asks_for_money",
                condition=Q(amount__isnull=True) | Q(amount__gt=0),
            ),
        ]
        indexes = [models.Index(fields=["asked_on", "id"], name="aftercare_claim_day")]

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        asked = in_money(self.currency, self.amount) if self.amount else say("no amount named")
        return [*super().describe(), (_("Claim"), f"{self.get_kind_display()}, {asked}")]


@tracked
class ClaimPayment(LedgerRecord):
    """Money paid on a claim that was awarded, in the currency of the claim."""

    claim = models.ForeignKey(CompensationClaim, on_delete=models.PROTECT, related_name="payments")
    amount = models.DecimalField(_("Amount"), max_digits=14, decimal_places=2)
    paid_on = models.DateField(_("Paid on"))

    survivor_by = "claim__involvement"
    access = CaseRows(CONTENT, Perm.REFERRAL_VIEW)
    shown_with = (*ITS_CASE, "claim__involvement__victim")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="aftercare_claimpayment_is_money", condition=Q(amount__gt=0)
            ),
        ]
        indexes = [models.Index(fields=["claim"], name="aftercare_claimpayment_of")]

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        return self.claim.describe()
