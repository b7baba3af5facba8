"""What is new, for the script of an open page."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.generic import View

from core.api.errors import Faults, problem
from core.services import Refused
from desk.live import asked_of, news

if TYPE_CHECKING:
    from django.http import HttpRequest


class Live(View):
    """Needs no right: who is signed in has notices, and rows are asked one by one."""

    def get(self, request: HttpRequest) -> JsonResponse:
        if not request.user.is_authenticated:
            return _problem(401, _("You are signed out."))
        try:
            asked = asked_of(request.GET.dict())
        except Refused as refusal:
            return _problem(400, refusal.words, {refusal.field or "": [refusal.words]})
        return JsonResponse(asdict(news(asked, request.user)))


def _problem(status: int, detail: str, errors: Faults | None = None) -> JsonResponse:
    body = problem(status, detail, errors)
    return JsonResponse(body, status=status, content_type="application/problem+json")
