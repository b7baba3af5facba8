"""The verbs of a case, one page each."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import orjson
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from accounts.models import User
from casework.forms import AssignForm, CaseForm, SiteForm
from casework.models import Case, Narrative
from casework.services.cases import assign, correct_case, move_case, open_case
from casework.services.rescues import open_narrative, register_site
from core import idempotency
from core.services import Refused
from core.web import Page, RowPage, VerbPage, sent_key, sent_version

if TYPE_CHECKING:
    from django.http import HttpRequest


class OpenCase(Page, FormView):
    permission = open_case.permission
    form_class = CaseForm
    template_name = "casework/case_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=_("Open a case"),
            intro=_("It opens in your office, and you are on its team."),
            submit_label=_("Open the case"),
            key=sent_key(self.request) or uuid.uuid4(),
            **kwargs,
        )

    def form_valid(self, form: CaseForm) -> HttpResponse:
        sent = orjson.dumps({name: str(value) for name, value in form.cleaned_data.items()})
        try:
            answer = idempotency.once(
                self.request.user,
                sent_key(self.request),
                idempotency.digest_of(b"open-case", sent),
                lambda: self._open(form),
            )
        except (Refused, idempotency.KeyReused) as refusal:
            form.add_error(None, str(refusal) or _("This form was already sent. Open it again."))
            return self.form_invalid(form)
        return HttpResponseRedirect(answer.content)

    def _open(self, form: CaseForm) -> idempotency.Answer:
        case = open_case(actor=self.actor, **form.cleaned_data)
        return idempotency.Answer(302, case.get_absolute_url())

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=400)


class CaseVerb(VerbPage):
    """A verb on a case whose page shows the case it is about."""

    model = Case
    template_name = "casework/case_form.html"

    def rows(self) -> Any:
        return super().rows().select_related("office", "jurisdiction")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(case=self.target, **kwargs)


class CorrectCase(CaseVerb):
    service, form_class = correct_case, CaseForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        case = self.target
        return {
            "programme": case.programme,
            "jurisdiction": case.jurisdiction.code,
            "opened_on": case.opened_on,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=_("Correct the case"), intro=_("The former values stay in its history."), **kwargs
        )

    def form_valid(self, form: Any) -> HttpResponse:
        form.cleaned_data["version"] = sent_version(self.request)
        return super().form_valid(form)


class RegisterSite(CaseVerb):
    service, form_class = register_site, SiteForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"jurisdiction": self.target.jurisdiction.code}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=_("Add a site"),
            intro=_("Where people are or were held. It can be chosen when a rescue is logged."),
            submit_label=_("Add the site"),
            **kwargs,
        )


class Assign(CaseVerb):
    service, form_class = assign, AssignForm
    template_name = "casework/assign_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"people": self._people}

    @cached_property
    def _people(self) -> Any:
        case = self.target
        members = User.objects.filter(is_active=True, memberships__office=case.office_id)
        on_team = case.assignment_set.in_force().values("user")
        return members.exclude(pk__in=on_team).distinct().order_by("name")


class MoveCase(RowPage):
    """The step buttons of the case page."""

    model, service = Case, move_case

    def post(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        step, version = request.POST.get("step", ""), sent_version(request)
        move_case(self.target, step=step, version=version, actor=self.actor)
        return HttpResponseRedirect(self.target.get_absolute_url())


class ReadNarrative(RowPage):
    """What was told about a rescue: fetched only on opening, and recorded."""

    model, service = Narrative, open_narrative

    def rows(self) -> Any:
        return super().rows().select_related("case")

    @cached_property
    def target(self) -> Any:
        return get_object_or_404(self.rows(), rescue=self.kwargs["pk"])

    def get(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        text = open_narrative(self.target, actor=self.actor)
        fragment = request.headers.get("X-Fragment") == "1"
        template = "casework/narrative_fragment.html" if fragment else "casework/narrative.html"
        return render(request, template, {"text": text, "case": self.target.case})
