"""Assessing a survivor: begun, one page a domain, completed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftercare.forms.plans import BeginForm, DomainForm, as_entered
from aftercare.models import Assessment, CarePlan
from aftercare.services.assessments import answer_domain, begin_assessment, move_assessment
from aftercare.workflow import assessment_workflow
from casework.services.cases import require_content
from casework.views import RecordVerb
from core.web import StepPage
from instruments.answers import applying, called, items_of

if TYPE_CHECKING:
    from django.forms import BaseForm


def page_of(assessment: Assessment, domain: str) -> str:
    """The page on which one domain is answered."""
    path = reverse("aftercare:answer-domain", args=[assessment.pk])
    return f"{path}?{urlencode({'domain': domain})}"


class BeginAssessment(RecordVerb):
    """By hand: it goes on with the first domain."""

    model, service, form_class = CarePlan, begin_assessment, BeginForm
    submit_label = gettext_lazy("Begin")

    def act(self, form: BaseForm) -> str:
        begun = begin_assessment(self.target, actor=self.actor, **form.cleaned_data)
        return page_of(begun, applying(begun.instrument, begun.left_out)[0]["code"])


class AnswerDomain(RecordVerb):
    """One domain: its items, where one stands, and which way the scale goes."""

    model, service, form_class = Assessment, answer_domain, DomainForm
    template_name = "aftercare/domain_form.html"
    title = gettext_lazy("Assessment")

    @cached_property
    def domains(self) -> list[dict[str, Any]]:
        return applying(self.target.instrument, self.target.left_out)

    @cached_property
    def number(self) -> int:
        """Which domain is asked for; the first, where it is none."""
        asked = self.request.GET.get("domain", "")
        codes = [domain["code"] for domain in self.domains]
        return codes.index(asked) if asked in codes else 0

    @property
    def domain(self) -> str:
        return str(self.domains[self.number]["code"])

    def get_form(self, form_class: object = None) -> BaseForm:
        require_content(self.case, self.actor)
        return super().get_form(form_class)

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {
            "items": items_of(self.target.instrument, self.domain),
            "initial": as_entered(self.target.answers),
        }

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        answered = set(self.target.answers)
        steps = [
            {
                "label": called(domain),
                "url": page_of(self.target, domain["code"]),
                "current": number == self.number,
                "done": sum(item["code"] in answered for item in domain["items"]),
                "of": len(domain["items"]),
            }
            for number, domain in enumerate(self.domains)
        ]
        is_last = self.number == len(self.domains) - 1
        context = {
            "domain": called(self.domains[self.number]),
            "steps": steps,
            "number": self.number + 1,
            "moves": assessment_workflow.available(self.target, self.actor),
            "submit_label": _("Save") if is_last else _("Save and go on"),
        }
        return super().get_context_data(**(context | kwargs))

    def act(self, form: Any) -> str:
        answer_domain(
            self.target,
            version=self.version,
            domain=self.domain,
            answers=form.answers(),
            actor=self.actor,
        )
        after = min(self.number + 1, len(self.domains) - 1)
        return page_of(self.target, self.domains[after]["code"])


class MoveAssessment(StepPage):
    """Complete, drop, take up again."""

    model, service = Assessment, move_assessment
