"""What is due, and the steps on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.forms.cases import Offering
from casework.models import Document, Note
from casework.views.cases import RecordVerb
from core.days import clock
from core.verbs.forms import form_of
from core.web import Page
from retention.enums import ErasureStatus
from retention.models import Erasure, Policy
from retention.services.erasures import (
    propose_erasure,
    read_due,
    read_erasure,
)
from victims.models import Involvement

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from casework.forms.cases import RecordForm


class Retention(Page):
    """Policies, what is due, and what was erased."""

    permission = Perm.RETENTION_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        policies = Policy.objects.visible_to(self.actor).select_related("country")
        in_force = policies.filter(pk__in=policies.in_force_on(clock.today()).values("pk"))
        coming = policies.filter(outcome="confirmed", begins_on__gt=clock.today())
        context = {
            "waiting": policies.waiting().order_by("created_at"),
            "policies": in_force.order_by("country__name", "kind", "person"),
            "coming": coming.order_by("begins_on"),
            "may_propose": self.actor.has_perm(Perm.POLICY_PROPOSE),
        }
        return render(request, "retention/retention.html", context | read_due(actor=self.actor))


class OneErasure(Page):
    """What is to be erased, and the steps on it."""

    model, service = Erasure, read_erasure

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        about = read_erasure(self.target, actor=self.actor)
        decides = self.actor.has_perm(Perm.ERASURE_DECIDE) and (
            not self.target.of_kind or self.actor.has_perm(Perm.POLICY_DECIDE)
        )
        status = self.target.status
        open_ = (ErasureStatus.PROPOSED, ErasureStatus.ONCE)
        context = {
            "erasure": self.target,
            "title": self.target.title,
            "case": about.case,
            "about": about.told + self.target.describe(),
            "may_confirm": decides and status in open_ and self.target.first_by != self.actor,
            "may_undo": decides and status in (ErasureStatus.ONCE, ErasureStatus.CONFIRMED),
            "may_keep": decides and status in (*open_, ErasureStatus.CONFIRMED),
        }
        return render(request, "retention/erasure.html", context)


class Papers(Offering, forms.ModelMultipleChoiceField):
    """Documents and notes of the case, to tick."""

    widget = forms.CheckboxSelectMultiple
    paper: Any

    def __init__(self, **words: Any) -> None:
        super().__init__(self.paper.objects.none(), **words)

    def offer_in(self, form: RecordForm) -> None:
        self.queryset = self.paper.objects.visible_in(form.case, form.user).order_by("pk")


class Documents(Papers):
    paper = Document

    def label_from_instance(self, row: Any) -> str:
        return f"{row.code}, {row.get_kind_display()}, {date_format(row.received_on, 'j M Y')}"


class Notes(Papers):
    paper = Note

    def label_from_instance(self, row: Any) -> str:
        return f"{row.get_kind_display()}, {date_format(row.happened_on, 'j M Y')}"


class ProposeErasure(RecordVerb):
    """Of one survivor: with the documents and notes of the case to choose from."""

    model, service = Involvement, propose_erasure
    form_class = form_of(
        propose_erasure, RecordVerb.form_base, on={"documents": Documents, "notes": Notes}
    )
    submit_label = gettext_lazy("Propose")
