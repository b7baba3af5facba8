"""Requests to and from others, one page for each verb."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from casework.views import RecordVerb
from prosecutions.forms.requests import RequestForm
from prosecutions.services.requests import (
    record_request,
)


class RecordRequest(RecordVerb):
    """By hand: it may begin with a step of the investigation."""

    service, form_class = record_request, RequestForm
    submit_label = gettext_lazy("Save the request")

    def get_initial(self) -> dict[str, object]:
        """Coming from a step of the investigation, that step is chosen; no other is offered."""
        return {"step": self.request.GET.get("step", "")}
