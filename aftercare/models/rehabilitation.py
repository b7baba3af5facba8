"""Rehabilitation of bonded labourers: the certificate that frees, what is owed, what was paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from aftercare.codes import Category, CertificateStatus, ExtremeReason, NotCounted, Payer, Tranche
from aftercare.models.ledger import LedgerRecord, in_money
from casework.models.records import ITS_CASE, CaseRecord
from core.access import CONTENT, IDENTITY, CaseRows, Reference, Scoped, ScopedQuerySet
from core.fields import EncryptedTextField
from core.history import tracked
from core.models import Record

if TYPE_CHECKING:
    from decimal import Decimal

    from django_stubs_ext import StrOrPromise


class RehabilitationScheme(Record, Scoped):
    """One version of a scheme: certificates from this day on are paid by it, until the next."""

    code = models.CharField(max_length=20, unique=True)
    jurisdiction = models.ForeignKey(
        "places.Jurisdiction", on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=200)
    in_force_from = models.DateField()
    approved_until = models.DateField(null=True)  # for which time it was decided
    currency = models.CharField(max_length=3, default="INR")
    note = models.TextField(blank=True)

    access = Reference()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ("jurisdiction", "in_force_from")
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "in_force_from"], name="aftercare_scheme_one_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SchemeRate(Record, Scoped):
    """What a version of a scheme pays to one category. `marks`: for each value, whether it is
    verified, and where it comes from."""

    scheme = models.ForeignKey(RehabilitationScheme, on_delete=models.PROTECT, related_name="rates")
    category = models.CharField(max_length=16, choices=Category)
    total = models.DecimalField(max_digits=14, decimal_places=2)
    deposit = models.DecimalField(max_digits=14, decimal_places=2)  # at least
    immediate = models.DecimalField(max_digits=14, decimal_places=2)  # inside the total
    marks = models.JSONField(default=dict)

    access = Reference()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ("scheme", "total")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "category"], name="aftercare_rate_once"),
            models.CheckConstraint(
                name="aftercare_rate_parts_lie_within",
                condition=Q(total__gt=0, deposit__gte=0, immediate__gte=0)
                & Q(deposit__lte=F("total"), immediate__lte=F("total") - F("deposit")),
            ),
        ]


@tracked
class ReleaseCertificate(LedgerRecord):
    """The paper by which the state says that somebody was in bondage and is free: applied for,
    issued or refused. Nothing is owed without one. `office_title`: of whoever signs."""

    involvement = models.OneToOneField(
        "victims.Involvement", on_delete=models.PROTECT, related_name="release_certificate"
    )
    jurisdiction = models.ForeignKey(
        "places.Jurisdiction",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Place of the certificate"),
        help_text=_("The place that issues it; its state pays."),
    )
    agency = models.ForeignKey(
        "places.Agency",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Authority"),
    )
    office_title = models.CharField(
        _("Office that signs"),
        max_length=80,
        blank=True,
        help_text=_("The office, not the person’s name: District Magistrate."),
    )
    status = models.CharField(
        _("The answer"), max_length=8, choices=CertificateStatus, default=CertificateStatus.PENDING
    )
    applied_on = models.DateField(_("Applied on"), null=True, blank=True)
    answered_on = models.DateField(
        _("Day of the certificate, or of the refusal"),
        null=True,
        blank=True,
        help_text=_("This date decides which version of the scheme applies."),
    )
    number = models.CharField(
        _("Number"), max_length=40, blank=True, help_text=_("As printed on the certificate.")
    )

    access = CaseRows(CONTENT, Perm.REFERRAL_VIEW)
    named_with = ("case__jurisdiction", "case__office")
    shown_with = (*LedgerRecord.shown_with, "jurisdiction", "entitlement__rate__scheme")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="aftercare_certificate_says_how_it_stands",
                condition=Q(status="pending", applied_on__isnull=False, answered_on__isnull=True)
                | Q(status="refused", applied_on__isnull=False, answered_on__isnull=False)
                | (Q(status="issued", answered_on__isnull=False) & ~Q(number="")),
            ),
            models.CheckConstraint(
                name="aftercare_certificate_only_issued_has_number",
                condition=Q(status="issued") | Q(number=""),
            ),
            models.CheckConstraint(
                name="aftercare_certificate_answer_follows",
                condition=Q(applied_on__isnull=True)
                | Q(answered_on__isnull=True)
                | Q(answered_on__gte=F("applied_on")),
            ),
            models.UniqueConstraint(
                fields=["jurisdiction", "number"],
                condition=~Q(number=""),
                name="aftercare_certificate_number_once",
            ),
        ]
        indexes = [models.Index(fields=["answered_on"], name="aftercare_certificate_day")]


@tracked
class Entitlement(LedgerRecord):
    """What a scheme owes somebody whose certificate was issued: in all, and how much of it is
    deposited. The rest is cash; immediate relief is part of the total."""

    certificate = models.OneToOneField(
        ReleaseCertificate, on_delete=models.PROTECT, related_name="entitlement"
    )
    involvement = models.OneToOneField(
        "victims.Involvement", on_delete=models.PROTECT, related_name="entitlement"
    )
    rate = models.ForeignKey(SchemeRate, on_delete=models.PROTECT, related_name="+")
    extreme_reason = models.CharField(
        _("Reason, for extreme deprivation"), max_length=12, choices=ExtremeReason, blank=True
    )
    total = models.DecimalField(max_digits=14, decimal_places=2)
    deposit = models.DecimalField(
        _("Deposited part"),
        max_digits=14,
        decimal_places=2,
        help_text=_("If empty: the smallest deposit the scheme allows."),
    )

    access = CaseRows(CONTENT, Perm.REFERRAL_VIEW)
    named_with = ("case__jurisdiction", "case__office")
    shown_with = (*LedgerRecord.shown_with, "certificate__jurisdiction", "rate__scheme")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="aftercare_entitlement_deposit_lies_within",
                condition=Q(total__gt=0, deposit__gte=0, deposit__lte=F("total")),
            ),
        ]

    @property
    def cash(self) -> Decimal:
        return self.total - self.deposit

    @property
    def category(self) -> str:
        return self.rate.category

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        parts = {"deposit": f"{self.deposit:,.2f}", "cash": f"{self.cash:,.2f}"}
        return [
            *super().describe(),
            (_("Owed in all"), in_money(self.rate.scheme.currency, self.total)),
            (_("Of it"), say("%(deposit)s deposited, %(cash)s cash") % parts),
        ]


@tracked
class RehabilitationPayment(LedgerRecord):
    """Money that reached a survivor under an entitlement. What the centre gave back to the state
    for it stands beside it and is no payment. Triggers refuse more than is owed."""

    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, related_name="payments")
    payer = models.CharField(_("Who paid"), max_length=6, choices=Payer)
    tranche = models.CharField(_("For what"), max_length=10, choices=Tranche)
    amount = models.DecimalField(
        _("Amount"), max_digits=14, decimal_places=2, validators=[MinValueValidator(0)]
    )
    paid_on = models.DateField(_("Paid on"))
    reimbursed = models.DecimalField(
        _("Amount given back to the state"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    reimbursed_on = models.DateField(_("Given back on"), null=True, blank=True)
    not_counted = models.CharField(
        _("Counts no more"),
        max_length=8,
        choices=NotCounted,
        blank=True,
        help_text=_("It stays on record, but is owed again."),
    )

    survivor_by = "entitlement__involvement"
    access = CaseRows(CONTENT, Perm.REFERRAL_VIEW)
    shown_with = (
        *ITS_CASE,
        "entitlement__involvement__victim",
        "entitlement__rate__scheme",
        "entitlement__certificate",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="aftercare_payment_is_money",
                condition=Q(amount__gt=0, payer__in=Payer.values, tranche__in=Tranche.values),
            ),
            models.CheckConstraint(
                name="aftercare_payment_reimbursed_to_the_state",
                condition=Q(reimbursed__isnull=True, reimbursed_on__isnull=True)
                | Q(
                    payer=Payer.STATE,
                    reimbursed__gt=0,
                    reimbursed__lte=F("amount"),
                    reimbursed_on__gte=F("paid_on"),
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["entitlement", "paid_on"], name="aftercare_payment_of_title"),
            models.Index(fields=["paid_on", "id"], name="aftercare_payment_day"),
        ]

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        amount = in_money(self.entitlement.rate.scheme.currency, self.amount)
        words = f"{amount}, {self.get_tranche_display()}, {date_format(self.paid_on, 'j M Y')}"
        return [*super().describe(), (_("Payment"), words)]


class BankReference(CaseRecord):
    """By what number the bank knows a payment, encrypted. Another one follows a wrong one; the
    last counts."""

    payment = models.ForeignKey(
        RehabilitationPayment, on_delete=models.PROTECT, related_name="references"
    )
    text = EncryptedTextField()

    append_only = True
    access = CaseRows(IDENTITY, Perm.CARE_PRIVATE_VIEW)

    class Meta:
        indexes = [models.Index(fields=["payment"], name="aftercare_reference_of_payment")]
