"""The file for a survivor."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy

from casework.views.cases import RecordVerb
from core.services import StepUp
from retention.services.bundles import make_bundle
from victims.models import Involvement


class MakeBundle(RecordVerb):
    """The file for a survivor, as a download."""

    model, service = Involvement, make_bundle
    title = gettext_lazy("A file for the survivor")
    intro = gettext_lazy(
        "What we hold of this person, without other people’s names, and with who saw it. Hand it"
        " over in person or by a safe way: it is not locked."
    )
    submit_label = gettext_lazy("Make the file")

    def form_valid(self, form: Any) -> HttpResponse:
        language = form.cleaned_data["language"]
        try:
            bundle = make_bundle(self.target, language=language, actor=self.actor)
        except StepUp as needed:
            form.add_error(None, str(needed))
            return self._again(form, 403)
        with translation.override(language):
            text = render_to_string("retention/bundle.html", {"bundle": bundle})
        sent = HttpResponse(text, content_type="text/html; charset=utf-8")
        sent["Content-Disposition"] = 'attachment; filename="record.html"'
        return sent
