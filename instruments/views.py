"""Adding a set of questions: looked at first, then added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from core.services import Refused
from core.web import FormPage
from instruments.forms import ImportForm
from instruments.models import Instrument
from instruments.services import import_instrument, preview_instrument

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpResponse


class ImportInstrument(FormPage):
    """Sent once it shows what it would add; sent again as it was shown, it adds it."""

    once = True
    permission = import_instrument.permission
    form_class = ImportForm
    template_name = "instruments/import.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        instruments = Instrument.objects.order_by("code", "-edition")
        return super().get_context_data(**({"known": instruments} | kwargs))

    def form_valid(self, form: BaseForm) -> HttpResponse:
        if form.cleaned_data["digest"]:
            return super().form_valid(form)
        try:
            instrument = form.cleaned_data["instrument"]
            preview = preview_instrument(instrument=instrument, actor=self.actor)
        except Refused as exc:
            form.add_error("instrument", str(exc))
            return self.form_invalid(form)
        return self.render_to_response(self.get_context_data(form=form, preview=preview))

    def act(self, form: BaseForm) -> str:
        import_instrument(actor=self.actor, **form.cleaned_data)
        return reverse("instruments:import")
