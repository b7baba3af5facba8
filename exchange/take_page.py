"""The page by which a file is taken in: it shows what the file would add, and then adds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.urls import reverse

from core.services import Refused
from core.web import FormPage

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpResponse

    from core.services import Service


class TakePage(FormPage):
    """Sent once it shows what it would add; sent again as it was shown, it is taken in."""

    once = True
    looks: ClassVar[Service[..., Any]]
    takes: ClassVar[Service[..., Any]]
    takes_files = True

    def before(self) -> str:
        return reverse("desk:cases")

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"user": self.actor}

    def form_valid(self, form: Any) -> HttpResponse:
        values = dict(form.cleaned_data)
        if values.pop("digest"):
            return super().form_valid(form)
        try:
            preview = self.looks(actor=self.actor, **values)
        except Refused as refusal:
            form.add_error("file", str(refusal))
            return self.form_invalid(form)
        context = self.get_context_data(
            form=form.again(preview.digest, self.actor), preview=preview
        )
        return self.render_to_response(context, status=400 if preview.faults else 200)

    def act(self, form: BaseForm) -> str:
        self.takes(actor=self.actor, **form.cleaned_data)
        return self.before()
