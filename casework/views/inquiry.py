"""Leads, steps of an investigation and abuse online, a page for each verb."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from casework.case_pages import address
from casework.forms.inquiry import (
    LeadForm,
    PlanForm,
)
from casework.models import InvestigationStep, LeadWords, StepWords
from casework.services.leads import open_lead, record_lead
from casework.services.steps import add_step, drop_step, open_step
from casework.views.cases import RecordVerb
from core.web import Page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from core.services import Service


class RecordLead(RecordVerb):
    """By hand: it begins with the place and the day of the case."""

    service, form_class = record_lead, LeadForm
    submit_label = gettext_lazy("Save the lead")

    def get_initial(self) -> dict[str, object]:
        place = self.case.jurisdiction
        return {"jurisdiction": place.code, "received_on": place.today}


class PlanStep(RecordVerb):
    """By hand: it begins with the day of the case."""

    service, form_class = add_step, PlanForm
    title = gettext_lazy("Plan a step")
    intro = gettext_lazy("Once the day is past, the team is asked whether the step was taken.")
    submit_label = gettext_lazy("Save the plan")

    def get_initial(self) -> dict[str, object]:
        return {"planned_for": self.case.jurisdiction.today}


class DropStep(Page):
    """The button beside a planned step."""

    model, service = InvestigationStep, drop_step
    button = gettext_lazy("Will not be taken")

    def rows(self) -> Any:
        return super().rows().select_related("case")

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        drop_step(self.target, version=self.version, actor=self.actor)
        return HttpResponseRedirect(address(self.target.case_id, "inquiry"))


class OpenWords(Page):
    """What is told in words: fetched only on opening, and recorded."""

    service: ClassVar[Service[..., Any]]

    def rows(self) -> Any:
        return super().rows().select_related("case")

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        words = self.service(self.target, actor=self.actor)
        fragment = request.headers.get("X-Fragment") == "1"
        template = "casework/words_fragment.html" if fragment else "casework/words.html"
        return render(request, template, {"told": words, "case": self.target.case})


class OpenLead(OpenWords):
    model, service = LeadWords, open_lead


class OpenStep(OpenWords):
    model, service = StepWords, open_step
