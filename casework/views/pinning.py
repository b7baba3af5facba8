"""The button that keeps a case at hand, and the one that does so no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect

from casework.models import Case
from casework.services.pinning import pin_case, unpin_case
from core.web import Page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


class PinCase(Page):
    model, service = Case, pin_case

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        self.service(self.target, actor=self.actor)
        return HttpResponseRedirect(self.target.get_absolute_url())


class UnpinCase(PinCase):
    service = unpin_case
