"""Forms about certificates, what is owed, payments and claims that differ from the plain ones."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftercare.codes import Category, CertificateStatus, ClaimStatus, Payer, Tranche
from aftercare.forms.fields import AuthorityChoice
from aftercare.models import Entitlement, ReleaseCertificate
from aftercare.schemes import scheme_on, still_open
from aftercare.services.certificates import answer_certificate, apply_for_certificate
from aftercare.services.claims import answer_claim, make_claim
from aftercare.services.entitlements import set_entitlement
from aftercare.services.payments import correct_payment, record_payment
from casework.forms import RecordForm, SamePlace, Today
from casework.forms.money import CaseCurrency
from core.forms import begins, code_or, radios, some
from core.verbs.forms import form_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from django.db.models import QuerySet

    from aftercare.models import SchemeRate

ANSWERS = [code for code in CertificateStatus.choices if code[0] in CertificateStatus.ANSWERS]
CLAIM_ANSWERS = [code for code in ClaimStatus.choices if code[0] in ClaimStatus.ANSWERS]
PAID = {"payer": radios, "tranche": radios}

ApplyForm = form_of(
    apply_for_certificate,
    RecordForm,
    on={"applied_on": Today, "jurisdiction": SamePlace, "agency": AuthorityChoice},
)
AnswerForm = form_of(
    answer_certificate, RecordForm, on={"status": some(ANSWERS), "agency": AuthorityChoice}
)
CorrectPaymentForm = form_of(
    correct_payment,
    RecordForm,
    on={**PAID, "not_counted": code_or(gettext_lazy("It counts"))},
    order=("payer", "tranche", "amount", "paid_on"),
)
ClaimForm = form_of(
    make_claim,
    RecordForm,
    on={
        "kind": radios,
        "asked_on": Today,
        "jurisdiction": SamePlace,
        "agency": AuthorityChoice,
        "currency": CaseCurrency,
    },
    order=("kind", "asked_on", "jurisdiction", "agency", "amount"),
)
ClaimAnswerForm = form_of(answer_claim, RecordForm, on={"status": some(CLAIM_ANSWERS)})


class TrancheSelect(forms.RadioSelect):
    """Says with each part what is open of it; with script it is entered as the amount."""

    left: Mapping[str, Decimal] = {}

    def create_option(
        self, name: str, value: str, *args: object, **kwargs: object
    ) -> dict[str, object]:
        option = super().create_option(name, value, *args, **kwargs)  # type: ignore[arg-type]
        if amount := self.left.get(value):
            option["attrs"]["data-amount"] = f"{amount:.2f}"
        return option


class PaymentForm(
    form_of(  # type: ignore[misc]
        record_payment,
        RecordForm,
        on={
            "payer": begins(Payer.STATE, radios),
            "tranche": partial(forms.ChoiceField, widget=TrancheSelect),
            "paid_on": Today,
        },
    )
):
    """By hand: the parts of the scheme, each with what is open of it; the next one is chosen."""

    def offer(self) -> None:
        left = still_open(self.target, self.target.payments.all())
        unit = self.target.rate.scheme.currency
        tranche: Any = self.fields["tranche"]
        tranche.widget.left = left
        tranche.choices = [(code, open_in_words(code, left[code], unit)) for code in left]
        tranche.initial = next((code for code in left if left[code] > 0), None)


def open_in_words(tranche: str, left: Decimal, unit: str) -> str:
    """“Immediate relief: INR 30,000.00 open”."""
    values = {"part": Tranche(tranche).label, "unit": unit, "left": f"{left:,.2f}"}
    if left <= 0:
        return _("%(part)s: all paid") % values
    return _("%(part)s: %(unit)s %(left)s open") % values


class EntitlementForm(form_of(set_entitlement, RecordForm, on={"category": radios})):  # type: ignore[misc]
    """By hand: only the categories of the version that the certificate's day chooses."""

    def offer(self) -> None:
        category: Any = self.fields["category"]
        category.choices = [(row.category, rate_words(row)) for row in self._rates()]
        if isinstance(self.target, Entitlement):
            category.initial = self.target.rate.category

    def _rates(self) -> QuerySet[SchemeRate] | tuple[()]:
        row = self.target
        paper = row if isinstance(row, ReleaseCertificate) else row.certificate
        scheme = paper.answered_on and scheme_on(paper.jurisdiction, paper.answered_on)
        return scheme.rates.select_related("scheme") if scheme else ()


def rate_words(row: SchemeRate) -> str:
    """“Woman or child: INR 200,000”."""
    return _("%(category)s: %(unit)s %(total)s") % {
        "category": Category(row.category).label,
        "unit": row.scheme.currency,
        "total": f"{row.total:,.0f}",
    }
