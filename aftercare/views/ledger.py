"""Certificates, what is owed, payments and claims: one page for each verb."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftercare.forms import ledger as shapes
from aftercare.models import (
    ClaimPayment,
    CompensationClaim,
    Entitlement,
    RehabilitationPayment,
    RehabilitationScheme,
    ReleaseCertificate,
)
from aftercare.services import certificates, claims, entitlements, payments
from casework.views import ITS_CASE, RecordVerb, VersionedVerb
from core.web import OncePage, Page
from victims.models import Involvement

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

CLAIM = ("claim__involvement__victim", *ITS_CASE)


def in_money(unit: str, amount: Any) -> str:
    return f"{unit} {amount:,.2f}"


class SurvivorMoney(RecordVerb):
    """A verb on a survivor or on a row about one; back to the survivor's ledger."""

    model: Any = Involvement
    beside: tuple[str, ...] = (*ITS_CASE, "victim")

    @property
    def person(self) -> Involvement:
        person: Involvement = self.target
        return person

    def about(self) -> list[tuple[Any, Any]]:
        return [(_("Survivor"), f"{self.person.code}, {self.person.victim.in_words}")]

    def after(self) -> str:
        return reverse("desk:ledger", args=[self.person.pk])


class OfSurvivor(SurvivorMoney):
    beside: tuple[str, ...] = (*ITS_CASE, "involvement__victim")

    @property
    def person(self) -> Involvement:
        person: Involvement = self.target.involvement
        return person


class ApplyForCertificate(OncePage, SurvivorMoney):
    service, form_class = certificates.apply_for_certificate, shapes.ApplyForm
    title = gettext_lazy("Apply for a release certificate")
    intro = gettext_lazy(
        "A survivor needs it to be owed money. Record the application when it is made."
    )
    submit_label = gettext_lazy("Save the application")


class AnswerCertificate(VersionedVerb, OfSurvivor):
    model, service = ReleaseCertificate, certificates.answer_certificate
    beside = (*OfSurvivor.beside, "jurisdiction", "entitlement__rate__scheme")
    form_class = shapes.AnswerForm
    title = gettext_lazy("Record the answer about the certificate")
    intro = gettext_lazy("Issued or refused; a former answer stays in the history.")
    submit_label = gettext_lazy("Save the answer")

    def get_initial(self) -> dict[str, Any]:
        row = self.target
        named = ("answered_on", "number", "agency", "office_title")
        given = {name: getattr(row, name) for name in named}
        return given | ({"status": row.status} if row.answered_on else {})


class SetEntitlement(OncePage, OfSurvivor):
    model, service = ReleaseCertificate, entitlements.set_entitlement
    beside = (*OfSurvivor.beside, "jurisdiction")
    form_class = shapes.EntitlementForm
    title = gettext_lazy("Say what is owed")
    intro = gettext_lazy("By the category, under the scheme of the certificate’s day.")
    submit_label = gettext_lazy("Save what is owed")


class ChangeEntitlement(VersionedVerb, OfSurvivor):
    model, service = Entitlement, entitlements.change_entitlement
    beside = (*OfSurvivor.beside, "certificate__jurisdiction", "rate__scheme")
    form_class = shapes.EntitlementForm
    title = gettext_lazy("Correct what is owed")
    intro = gettext_lazy("Never below what was paid. The former values stay in the history.")

    def get_initial(self) -> dict[str, Any]:
        row = self.target
        named = {"extreme_reason": row.extreme_reason, "deposit": row.deposit}
        return named | {"category": row.rate.category}


class RecordPayment(OncePage, OfSurvivor):
    model, service, form_class = Entitlement, payments.record_payment, shapes.PaymentForm
    beside = (*OfSurvivor.beside, "rate__scheme", "certificate")
    title = gettext_lazy("Record a payment under the scheme")
    intro = gettext_lazy(
        "Money that reached the survivor. What the centre gives back to the state is recorded "
        "at the payment."
    )
    submit_label = gettext_lazy("Save the payment")

    def about(self) -> list[tuple[Any, Any]]:
        row, unit = self.target, self.target.rate.scheme.currency
        owed = (_("Owed in all"), in_money(unit, row.total))
        parts = _("%(deposit)s deposited, %(cash)s cash") % {
            "deposit": f"{row.deposit:,.2f}",
            "cash": f"{row.cash:,.2f}",
        }
        return [*super().about(), owed, (_("Of it"), parts)]


class OfPayment(VersionedVerb, SurvivorMoney):
    model = RehabilitationPayment
    beside = (
        *ITS_CASE,
        "entitlement__involvement__victim",
        "entitlement__rate__scheme",
        "entitlement__certificate",
    )

    @property
    def person(self) -> Involvement:
        person: Involvement = self.target.entitlement.involvement
        return person

    def about(self) -> list[tuple[Any, Any]]:
        row = self.target
        amount = in_money(row.entitlement.rate.scheme.currency, row.amount)
        words = f"{amount}, {row.get_tranche_display()}, {date_format(row.paid_on, 'j M Y')}"
        return [*super().about(), (_("Payment"), words)]


class CorrectPayment(OfPayment):
    service, form_class = payments.correct_payment, shapes.CorrectPaymentForm
    title = gettext_lazy("Correct a payment under the scheme")
    intro = gettext_lazy("The former values stay in the history.")

    def get_initial(self) -> dict[str, Any]:
        named = ("payer", "tranche", "amount", "paid_on", "not_counted")
        return {name: getattr(self.target, name) for name in named}


class Reimburse(OfPayment):
    service = payments.reimburse
    title = gettext_lazy("Record what the centre gave back")
    intro = gettext_lazy("From the centre to the state. The survivor receives nothing by it.")
    submit_label = gettext_lazy("Save it")

    def get_initial(self) -> dict[str, Any]:
        row = self.target
        return {
            "reimbursed": row.amount if row.reimbursed is None else row.reimbursed,
            "reimbursed_on": row.reimbursed_on,
        }


class MakeClaim(OncePage, SurvivorMoney):
    service, form_class = claims.make_claim, shapes.ClaimForm
    title = gettext_lazy("Claim compensation")
    intro = gettext_lazy("What the survivor asks for herself, beside what a sentence may order.")
    submit_label = gettext_lazy("Save the claim")


class AnswerClaim(VersionedVerb, OfSurvivor):
    model, service, form_class = CompensationClaim, claims.answer_claim, shapes.ClaimAnswerForm
    title = gettext_lazy("Record what came of a claim")
    intro = gettext_lazy("After an appeal, too. A former answer stays in the history.")
    submit_label = gettext_lazy("Save the answer")

    def about(self) -> list[tuple[Any, Any]]:
        return [*super().about(), (_("Claim"), claim_words(self.target))]

    def get_initial(self) -> dict[str, Any]:
        row = self.target
        given = {"answered_on": row.answered_on, "awarded": row.awarded}
        return given | ({"status": row.status} if row.answered_on else {})


def claim_words(row: CompensationClaim) -> str:
    asked = in_money(row.currency, row.amount) if row.amount else _("no amount named")
    return f"{row.get_kind_display()}, {asked}"


class RecordClaimPayment(OncePage, OfSurvivor):
    model, service = CompensationClaim, claims.record_claim_payment
    title = gettext_lazy("Record a payment on a claim")
    intro = gettext_lazy("Money that reached the survivor, in the currency of the claim.")
    submit_label = gettext_lazy("Save the payment")

    def about(self) -> list[tuple[Any, Any]]:
        return [*super().about(), (_("Claim"), claim_words(self.target))]


class CorrectClaimPayment(VersionedVerb, SurvivorMoney):
    model, service = ClaimPayment, claims.correct_claim_payment
    beside = CLAIM
    title = gettext_lazy("Correct a payment on a claim")
    intro = gettext_lazy("The former values stay in the history.")

    @property
    def person(self) -> Involvement:
        person: Involvement = self.target.claim.involvement
        return person

    def about(self) -> list[tuple[Any, Any]]:
        return [*super().about(), (_("Claim"), claim_words(self.target.claim))]

    def get_initial(self) -> dict[str, Any]:
        return {"amount": self.target.amount, "paid_on": self.target.paid_on}


class Schemes(Page):
    """Every version of the schemes, each value with its mark and source. No case data."""

    permission = RehabilitationScheme.access.view

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = RehabilitationScheme.objects.select_related("jurisdiction")
        rows = rows.prefetch_related("rates").order_by("jurisdiction__name", "-in_force_from")
        shown = [
            {"scheme": row, "rates": [_rate(rate) for rate in row.rates.all()]} for row in rows
        ]
        return render(request, "aftercare/schemes.html", {"schemes": shown})


def _rate(row: Any) -> dict[str, Any]:
    labels = {
        "total": _("In all"),
        "deposit": _("Deposited, at least"),
        "immediate": _("Immediate relief"),
    }
    return {
        "category": row.get_category_display(),
        "values": [
            {"label": label, "amount": getattr(row, name)} | row.marks[name]
            for name, label in labels.items()
        ],
    }
