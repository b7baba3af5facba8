"""What the centre gave back; and the schemes. All other pages of the ledger follow from verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from aftercare.codes import PARTS
from aftercare.models import RehabilitationPayment, RehabilitationScheme
from aftercare.services.payments import reimburse
from casework.views import RecordVerb
from core.web import Page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from aftercare.models import SchemeRate


class Reimburse(RecordVerb):
    """By hand: what was paid stands there as what is given back."""

    model, service = RehabilitationPayment, reimburse
    submit_label = gettext_lazy("Save it")

    def get_initial(self) -> dict[str, object]:
        return {"reimbursed": self.target.amount} | super().get_initial()


class Schemes(Page):
    """Every version of the schemes, each value with its mark and source. No case data."""

    permission = RehabilitationScheme.access.view

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = RehabilitationScheme.objects.select_related("jurisdiction")
        rows = rows.prefetch_related("rates").order_by("jurisdiction__name", "-in_force_from")
        schemes = [
            {"scheme": row, "rates": [_rate(rate) for rate in row.rates.all()]} for row in rows
        ]
        proposes = self.actor.has_perm(Perm.LAW_PROPOSE)
        context = {"schemes": schemes, "proposes": proposes}
        return render(request, "aftercare/schemes.html", context)


def _rate(row: SchemeRate) -> dict[str, object]:
    return {
        "category": row.get_category_display(),
        "values": [
            {"label": label, "amount": getattr(row, name)} | row.marks[name]
            for name, label in PARTS.items()
        ],
    }
