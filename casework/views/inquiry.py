"""Leads, steps of an investigation and abuse online, a page for each verb."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.forms.inquiry import (
    DoneForm,
    DoneStepForm,
    IncidentForm,
    LeadEndForm,
    LeadForm,
    PlanForm,
    ResultForm,
)
from casework.models import InvestigationStep, Lead, LeadWords, OnlineIncident, StepWords
from casework.models.records import ITS_CASE
from casework.services.incidents import correct_incident, record_incident
from casework.services.leads import correct_lead, end_lead, open_lead, record_lead
from casework.services.steps import add_step, drop_step, finish_step, open_step, tell_result
from casework.views.cases import RecordVerb
from core.web import Page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from core.services import Service

INCIDENT: tuple[str, ...] = (
    "media",
    "platform",
    "began_on",
    "ended_on",
    "customer_country",
    "amount",
    "currency",
)
INCIDENT += ("paid_by", "for_publication", "third_party_absent", "for_compensation")


class InquiryVerb(RecordVerb):
    part = "inquiry"


class RecordLead(InquiryVerb):
    service, form_class = record_lead, LeadForm
    title = gettext_lazy("Record a lead")
    intro = gettext_lazy(
        "What was heard, and when. Who told it is encrypted and open to the team only."
    )
    submit_label = gettext_lazy("Save the lead")

    def get_initial(self) -> dict[str, Any]:
        place = self.case.jurisdiction
        return {"jurisdiction": place.code, "received_on": place.today}


class LeadVerb(InquiryVerb):
    """A verb on a lead, which stands above the form."""

    model, beside = Lead, (*ITS_CASE, "jurisdiction")

    def about(self) -> list[tuple[Any, Any]]:
        lead = self.target
        day = date_format(lead.received_on, "j M Y")
        return [(_("Lead"), f"{lead.code}, {lead.get_source_display()}, {day}")]


class CorrectLead(LeadVerb):
    service = correct_lead
    title = gettext_lazy("Correct a lead")
    intro = gettext_lazy("The former values stay in the history.")

    def get_initial(self) -> dict[str, Any]:
        lead = self.target
        names = ("source", "reliability", "received_on")
        return {name: getattr(lead, name) for name in names} | {
            "jurisdiction": lead.jurisdiction.code
        }


class EndLead(LeadVerb):
    service, form_class = end_lead, LeadEndForm
    title = gettext_lazy("What became of the lead")
    intro = gettext_lazy("Followed up, unfounded, or passed on, and on which day.")

    def get_initial(self) -> dict[str, Any]:
        lead = self.target
        if not lead.ended:
            return {}
        return {"ended": lead.ended, "ended_on": lead.ended_on, "passed_to": lead.passed_to_id}


class PlanStep(InquiryVerb):
    service, form_class = add_step, PlanForm
    title = gettext_lazy("Plan a step")
    intro = gettext_lazy("Once its day is past, the team is asked whether it was taken.")
    submit_label = gettext_lazy("Save the plan")

    def get_initial(self) -> dict[str, Any]:
        return {"planned_for": self.case.jurisdiction.today}


class RecordStep(InquiryVerb):
    service, form_class = add_step, DoneStepForm
    title = gettext_lazy("Record a step")
    intro = gettext_lazy("What was done to find out, and what it brought.")
    submit_label = gettext_lazy("Save the step")


class StepVerb(InquiryVerb):
    """A verb on a step, which stands above the form."""

    model: Any = InvestigationStep
    beside = ITS_CASE

    def about(self) -> list[tuple[Any, Any]]:
        step = self.target
        rows = [(_("Step"), f"{step.code}, {step.get_kind_display()}")]
        if step.planned_for:
            rows.append((_("Planned for"), date_format(step.planned_for, "j M Y")))
        return rows


class FinishStep(StepVerb):
    service, form_class = finish_step, DoneForm
    title = gettext_lazy("The step was taken")
    intro = gettext_lazy("When, and what it brought. The result may come later.")


class TellResult(StepVerb):
    service, form_class = tell_result, ResultForm
    title = gettext_lazy("What the step brought")
    intro = gettext_lazy("The former result stays in the history.")

    def get_initial(self) -> dict[str, Any]:
        return {"result": self.target.result}


class DropStep(Page):
    """The button beside a planned step."""

    model, service = InvestigationStep, drop_step

    def rows(self) -> Any:
        return super().rows().select_related("case")

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        drop_step(self.target, version=self.version, actor=self.actor)
        return HttpResponseRedirect(f"{self.target.get_absolute_url()}#inquiry")


class RecordIncident(RecordVerb):
    service, form_class, part = record_incident, IncidentForm, "online"
    title = gettext_lazy("Record abuse online")
    intro = gettext_lazy("What is known of it. No picture, no film and no link is kept here.")
    submit_label = gettext_lazy("Save")


class CorrectIncident(RecordVerb):
    model, service, form_class, part = OnlineIncident, correct_incident, IncidentForm, "online"
    beside = ITS_CASE
    title = gettext_lazy("Correct abuse online")
    intro = gettext_lazy("The former values stay in the history.")

    def about(self) -> list[tuple[Any, Any]]:
        return [(_("Abuse online"), self.target.code)]

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.target, name) for name in INCIDENT}


class OpenWords(Page):
    """What is told in words: fetched only on opening, and recorded."""

    service: ClassVar[Service[..., Any]]

    def rows(self) -> Any:
        return super().rows().select_related("case")

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        told = self.service(self.target, actor=self.actor)
        fragment = request.headers.get("X-Fragment") == "1"
        template = "casework/words_fragment.html" if fragment else "casework/words.html"
        return render(request, template, {"told": told, "case": self.target.case})


class OpenLead(OpenWords):
    model, service = LeadWords, open_lead


class OpenStep(OpenWords):
    model, service = StepWords, open_step
