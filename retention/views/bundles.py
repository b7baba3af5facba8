"""The file for a survivor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy

from casework.views.cases import RecordVerb
from retention.services.bundles import make_bundle
from victims.models import Involvement

if TYPE_CHECKING:
    from django.forms import BaseForm


class MakeBundle(RecordVerb):
    """The file for a survivor, as a download."""

    model, service = Involvement, make_bundle
    submit_label = gettext_lazy("Make the file")
    once = keeps_drafts = False  # its answer is the file

    def answer(self, url: str, form: BaseForm) -> HttpResponse:
        with translation.override(form.cleaned_data["language"]):
            text = render_to_string("retention/bundle.html", {"bundle": self.given_back})
        sent = HttpResponse(text, content_type="text/html; charset=utf-8")
        sent["Content-Disposition"] = 'attachment; filename="record.html"'
        return sent
