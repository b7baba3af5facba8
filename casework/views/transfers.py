"""Pages that hand cases over, and answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import Perm
from casework.case_pages import address
from casework.enums import CaseStatus, Programme
from casework.forms.transfers import CaseloadForm, RefuseForm, TransferForm
from casework.models import Transfer
from casework.services.offering import may_take_over
from casework.services.transfers import (
    Offers,
    accept_transfer,
    read_caseload,
    read_transfers,
    refuse_transfer,
    transfer_case,
    transfer_caseload,
    withdraw_transfer,
)
from casework.views.cases import RecordVerb
from core.lists.pagination import BadPage
from core.web import FormPage, Page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse
    from django_stubs_ext import StrOrPromise

    from casework.models import Case
    from core.services import Service


class TransferCase(RecordVerb):
    service, form_class, part = transfer_case, TransferForm, "team"
    title, submit_label = gettext_lazy("Hand the case over"), gettext_lazy("Offer it")

    def after(self) -> str:
        return address(self.case.pk, self.part)


class TransferCaseload(FormPage):
    """Every open case of one person at once."""

    model, service, form_class = User, transfer_caseload, CaseloadForm
    button = gettext_lazy("Hand over all cases")
    template_name = "casework/caseload_form.html"

    @cached_property
    def cases(self) -> list[Case]:
        return read_caseload(self.target, actor=self.actor)

    def get_form_kwargs(self) -> dict[str, Any]:
        offices = {case.office_id for case in self.cases}
        given = {"people": may_take_over(*offices), "offices": offices, "person": self.target}
        return super().get_form_kwargs() | given

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(cases=self.cases, **kwargs)

    def render_to_response(self, context: Any, **kwargs: Any) -> HttpResponse:
        """The read of the cases is recorded with them; of the person nothing is shown."""
        return super(FormPage, self).render_to_response(context, **kwargs)

    def after(self) -> str:
        return reverse("casework:transfers")


class Transfers(Page):
    """What is offered to the reader, and what of their cases waits for an answer."""

    permission = read_transfers.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            pages = read_transfers(request.GET.dict(), actor=self.actor)
        except BadPage:  # an old or mistyped link: the first page rather than an error
            return HttpResponseRedirect(reverse("casework:transfers"))
        context: dict[str, Any] = {"may_withdraw": request.user.has_perm(Perm.CASE_TRANSFER)}
        for name, offers in pages.items():
            context[name] = _hand_overs(offers)
            context[f"{name}_count"] = len(offers.page.rows)
            context[f"{name}_next"] = _address(request, name, offers.page.next)
            context[f"{name}_previous"] = _address(request, name, offers.page.previous)
        return render(request, "casework/transfers.html", context)


def _address(request: HttpRequest, name: str, cursor: str | None) -> str:
    """Of the next page of one of the two lists; the other stays where it is."""
    if cursor is None:
        return ""
    kept = {key: text for key, text in request.GET.items() if key in {"offered", "waiting"}}
    return f"?{urlencode(kept | {name: cursor})}#{name}"


@dataclass(frozen=True)
class HandOver:
    """Cases that were offered together, as far as they stand on a page. `number`: how many there
    are in all; `first`: the offer by which all of them are answered."""

    first: Transfer
    number: int
    cases: tuple[OfferedCase, ...]

    @property
    def to(self) -> str:
        return str(self.first.to_person or self.first.to_office)


@dataclass(frozen=True)
class OfferedCase:
    """What the offer says of its case, to who may not see the case yet."""

    id: UUID
    case_url: str
    reference: str
    programme: StrOrPromise
    status: StrOrPromise
    office: str
    place: str
    opened_on: date | None


def _hand_overs(offers: Offers) -> list[HandOver]:
    """Each in one card; where somebody is replaced in a part of it, that part by itself."""
    parts = groupby(offers.page.rows, key=lambda row: (row.batch, row.from_person_id))
    return [
        HandOver(rows[0], offers.together[rows[0].batch], tuple(_offered_case(row) for row in rows))
        for rows in (list(part) for _of, part in parts)
    ]


def _offered_case(row: Transfer) -> OfferedCase:
    facts = row.shown
    return OfferedCase(
        id=row.pk,
        case_url=reverse("desk:case", args=[row.case_id]),
        reference=facts.get("reference", ""),
        programme=dict(Programme.choices).get(facts.get("programme"), ""),
        status=dict(CaseStatus.choices).get(facts.get("status"), ""),
        office=facts.get("office", ""),
        place=facts.get("place", ""),
        opened_on=date.fromisoformat(facts["opened_on"]) if "opened_on" in facts else None,
    )


class TransferStep(Page):
    """A button in the list; `whole`: everything that was offered together."""

    model = Transfer
    service: ClassVar[Service[..., Any]]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        whole = request.POST.get("whole") == "on"
        done = self.service(self.target, whole=whole, actor=self.actor)
        return HttpResponseRedirect(self.after(done, whole))

    def after(self, done: object, whole: bool) -> str:
        return reverse("casework:transfers")


class AcceptTransfer(TransferStep):
    service = accept_transfer

    def after(self, done: Any, whole: bool) -> str:
        if whole:
            return f"{reverse('desk:cases')}?team=me"
        return reverse("desk:case", args=[done.case_id])


class WithdrawTransfer(TransferStep):
    service = withdraw_transfer


class RefuseTransfer(FormPage):
    """The case itself may not be open to who refuses it, so only the offer stands here."""

    model, service, form_class = Transfer, refuse_transfer, RefuseForm
    template_name = "casework/case_form.html"

    def get_initial(self) -> dict[str, object]:
        return {"whole": self.request.GET.get("whole") == "on"}

    def get_form_kwargs(self) -> dict[str, object]:
        same = Transfer.objects.offered_to(self.actor).filter(batch=self.target.batch)
        return super().get_form_kwargs() | {"number": same.count()}

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        words = {
            "title": _("Refuse to take a case over"),
            "intro": _("The case stays where it is. The person who offered it reads your reason."),
            "submit_label": _("Refuse"),
            "about": [
                (_("Case"), self.target.shown.get("reference", "")),
                (_("Why it was offered"), self.target.reason),
            ],
            "back_url": self.after(),
        }
        return super().get_context_data(**words, **kwargs)

    def after(self) -> str:
        return reverse("casework:transfers")
