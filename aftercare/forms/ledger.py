"""Shapes of the forms about certificates, what is owed, payments and claims."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftercare.codes import (
    Category,
    CertificateStatus,
    ClaimKind,
    ClaimStatus,
    ExtremeReason,
    NotCounted,
    Payer,
    Tranche,
)
from aftercare.models import ReleaseCertificate
from aftercare.schemes import scheme_on
from casework.forms import PastDay, PlaceChoice, RecordForm, places_around
from places.enums import AgencyKind
from places.models import Agency

NOTHING = ("", gettext_lazy("Choose"))


def money(label: Any, **kwargs: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_digits=14, decimal_places=2, **kwargs)


def agencies_near(form: RecordForm) -> Any:
    """Authorities of the case's country that may free somebody or pay."""
    rows = Agency.objects.active().within(form.case.jurisdiction.country)
    return rows.exclude(kind__in=(AgencyKind.SHELTER, AgencyKind.NGO)).order_by("name")


class ApplyForm(RecordForm):
    applied_on = PastDay(label=gettext_lazy("Applied on"))
    jurisdiction = PlaceChoice(
        label=gettext_lazy("Place of the certificate"),
        help_text=gettext_lazy("Where it is issued; its state pays."),
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=gettext_lazy("Authority"), required=False
    )
    office_title = forms.CharField(
        label=gettext_lazy("Office of whoever signs"),
        help_text=gettext_lazy("The office, not the name: District Magistrate."),
        max_length=80,
        required=False,
    )

    def offer(self) -> None:
        self.fields["applied_on"].initial = self.case.jurisdiction.today
        self.fields["jurisdiction"].initial = self.case.jurisdiction.code
        self.choose("jurisdiction", places_around(self.case))
        self.choose("agency", agencies_near(self))


class AnswerForm(RecordForm):
    status = forms.ChoiceField(
        label=gettext_lazy("The answer"),
        choices=[c for c in CertificateStatus.choices if c[0] in CertificateStatus.ANSWERS],
        widget=forms.RadioSelect,
    )
    answered_on = PastDay(
        label=gettext_lazy("Day of the certificate, or of the refusal"),
        help_text=gettext_lazy("By this day the version of the scheme is chosen."),
    )
    number = forms.CharField(
        label=gettext_lazy("Number"),
        help_text=gettext_lazy("As it stands on the certificate."),
        max_length=40,
        required=False,
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=gettext_lazy("Authority"), required=False
    )
    office_title = forms.CharField(
        label=gettext_lazy("Office of whoever signed"), max_length=80, required=False
    )

    def offer(self) -> None:
        self.choose("agency", agencies_near(self))


class EntitlementForm(RecordForm):
    """Only the categories of the version that the certificate's day chooses."""

    category = forms.ChoiceField(label=gettext_lazy("Category"), widget=forms.RadioSelect)
    extreme_reason = forms.ChoiceField(
        label=gettext_lazy("Reason, for extreme deprivation"),
        choices=[NOTHING, *ExtremeReason.choices],
        required=False,
    )
    deposit = money(
        gettext_lazy("Deposited part"),
        help_text=gettext_lazy("Left empty: the least that the scheme has deposited."),
        required=False,
    )

    def offer(self) -> None:
        category: Any = self.fields["category"]
        category.choices = [(row.category, rate_words(row)) for row in self._rates()]

    def _rates(self) -> Any:
        row = self.target
        paper = row if isinstance(row, ReleaseCertificate) else row.certificate
        scheme = paper.answered_on and scheme_on(paper.jurisdiction, paper.answered_on)
        return scheme.rates.select_related("scheme") if scheme else ()


def rate_words(row: Any) -> str:
    """“Woman or child: INR 200,000”."""
    return _("%(category)s: %(unit)s %(total)s") % {
        "category": Category(row.category).label,
        "unit": row.scheme.currency,
        "total": f"{row.total:,.0f}",
    }


class PaymentForm(RecordForm):
    payer = forms.ChoiceField(
        label=gettext_lazy("Who paid"), choices=Payer, widget=forms.RadioSelect
    )
    tranche = forms.ChoiceField(
        label=gettext_lazy("For what"), choices=Tranche, widget=forms.RadioSelect
    )
    amount = money(gettext_lazy("Amount"))
    paid_on = PastDay(label=gettext_lazy("Paid on"))
    bank_reference = forms.CharField(
        label=gettext_lazy("Reference of the bank"),
        help_text=gettext_lazy("Kept encrypted, open to the team only."),
        max_length=200,
        required=False,
    )


class CorrectPaymentForm(PaymentForm):
    not_counted = forms.ChoiceField(
        label=gettext_lazy("Counts no more"),
        help_text=gettext_lazy("It stays on record, and is owed again."),
        choices=[("", gettext_lazy("It counts")), *NotCounted.choices],
        required=False,
    )

    def offer(self) -> None:
        self.fields["bank_reference"].help_text = _(
            "Write it only if it changes. Kept encrypted, open to the team only."
        )


class ReimburseForm(RecordForm):
    reimbursed = money(gettext_lazy("Amount given back to the state"))
    reimbursed_on = PastDay(label=gettext_lazy("Given back on"))


class ClaimForm(RecordForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("What is asked for"), choices=ClaimKind, widget=forms.RadioSelect
    )
    asked_on = PastDay(label=gettext_lazy("Asked on"))
    jurisdiction = PlaceChoice(label=gettext_lazy("Where"))
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=gettext_lazy("Of whom"), required=False
    )
    amount = money(
        gettext_lazy("Amount"),
        help_text=gettext_lazy("Empty where none was named."),
        required=False,
    )
    currency = forms.RegexField(
        r"^[A-Z]{3}$",
        label=gettext_lazy("Currency"),
        help_text=gettext_lazy("Three letters, as INR."),
    )

    def offer(self) -> None:
        self.fields["asked_on"].initial = self.case.jurisdiction.today
        self.fields["jurisdiction"].initial = self.case.jurisdiction.code
        self.choose("jurisdiction", places_around(self.case))
        self.choose("agency", agencies_near(self))


class ClaimAnswerForm(RecordForm):
    status = forms.ChoiceField(
        label=gettext_lazy("What came of it"),
        choices=[c for c in ClaimStatus.choices if c[0] in ClaimStatus.ANSWERS],
        widget=forms.RadioSelect,
    )
    answered_on = PastDay(label=gettext_lazy("Day of the answer"))
    awarded = money(gettext_lazy("Amount awarded"), required=False)


class ClaimPaymentForm(RecordForm):
    amount = money(gettext_lazy("Amount"))
    paid_on = PastDay(label=gettext_lazy("Paid on"))
