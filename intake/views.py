"""Log a rescue, on a phone."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core import idempotency
from core.api.errors import problem
from core.services import Refused
from core.web import Page
from intake import own
from intake.forms import RescueForm
from intake.once import log_once
from intake.plans import as_planned
from intake.services import log_rescue, offer_choices

if TYPE_CHECKING:
    from django.http import HttpRequest, QueryDict

TEMPLATE = "intake/rescue_form.html"


class LogRescue(Page):
    """GET shows the tiles; POST logs once per key, for a browser or for the page's script."""

    permission = log_rescue.permission

    def handle_no_permission(self) -> Any:
        """The script must tell being signed out from having no signal."""
        if self._script(self.request):
            body = problem(401, _("You are signed out."))
            return JsonResponse(body, status=401, content_type="application/problem+json")
        return super().handle_no_permission()

    def get(self, request: HttpRequest) -> HttpResponse:
        form = RescueForm(user=request.user)
        asked = request.GET
        entered = as_planned(self.actor, asked.get("plan", ""))
        offered = offer_choices(entered, case=asked.get("case", ""), actor=self.actor)
        return self._render(offered, form, uuid.uuid4())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = RescueForm(request.POST, user=request.user)
        if not form.is_valid():
            return self._invalid(request, form)
        try:
            answer = self.log(form)
        except idempotency.KeyReused:
            return self._refused(
                request,
                form,
                422,
                _("This report was already saved; its content has changed since."),
            )
        except Refused as refusal:
            return self._refused(request, form, 409, refusal.words)
        except PermissionDenied:
            return self._refused(request, form, 403, _("Your role may not do this."))
        if self._script(request):
            return JsonResponse(answer.content, status=201)
        return render(request, "intake/rescue_saved.html", answer.content, status=201)

    def log(self, form: RescueForm) -> idempotency.Answer:
        return log_once(form, self.actor)

    def _script(self, request: HttpRequest) -> bool:
        return request.headers.get("Accept", "").startswith("application/json")

    def _invalid(self, request: HttpRequest, form: RescueForm) -> HttpResponse:
        if self._script(request):
            errors = {field: [*words] for field, words in form.errors.items()}
            body = problem(400, _("Some fields need attention."), errors)
            return JsonResponse(body, status=400, content_type="application/problem+json")
        return self._again(request, form, 400)

    def _refused(
        self, request: HttpRequest, form: RescueForm, status: int, words: str
    ) -> HttpResponse:
        if self._script(request):
            body = problem(status, words)
            return JsonResponse(body, status=status, content_type="application/problem+json")
        form.add_error(None, words)
        return self._again(request, form, status)

    def _again(self, request: HttpRequest, form: RescueForm, status: int) -> HttpResponse:
        """The same page with everything that was entered. A spent key is not offered again."""
        key = uuid.uuid4() if status == 422 else request.POST.get("key") or uuid.uuid4()
        return self.show(request.POST, form, key, status)

    def show(
        self, entered: QueryDict, form: RescueForm, key: object, status: int = 200
    ) -> HttpResponse:
        """The page with what was entered."""
        return self._render(offer_choices(entered, actor=self.actor), form, key, status)

    def _render(
        self, offered: dict[str, Any], form: RescueForm, key: object, status: int = 200
    ) -> HttpResponse:
        cards = own.offered(form, form.cards, self.actor, offered["places"])
        context = offered | {"key": key, "form": form, "cards": cards}
        context["hangs"] = any(card.hangs for card in cards)
        return render(self.request, TEMPLATE, context | self.beside(), status=status)

    def beside(self) -> dict[str, object]:
        """What else stands on the page."""
        return {}
