"""Pages of HTCDS: a file given out, and a file looked at, then taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from core.web import FormPage
from exchange.handing import handed
from exchange.services.htcds import export_htcds, import_htcds, preview_htcds
from exchange.standard_forms import GiveHtcdsForm, TakeHtcdsForm
from exchange.take_page import TakePage

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpResponse


class GiveHtcds(FormPage):
    """After a second factor, for a reason: people by code, without names."""

    once = keeps_drafts = False  # its answer is shown, and kept nowhere
    service, permission = export_htcds, export_htcds.permission
    form_class, template_name = GiveHtcdsForm, "casework/case_form.html"

    def before(self) -> str:
        return reverse("desk:cases")

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        words = {
            "title": _("People by code, for another organisation (HTCDS)"),
            "intro": _(
                "The cases open to you in the standard of IOM, without names, addresses, notes"
                " and sealed cases. A partner gets only people who agreed to it; the name of the"
                " file says how many are left out."
            ),
            "submit_label": _("Take the file"),
        }
        return super().get_context_data(**(words | kwargs))

    def act(self, form: BaseForm) -> str:
        values = {name: value for name, value in form.cleaned_data.items() if name != "format"}
        self.given_back = export_htcds(actor=self.actor, **values)
        return self.before()

    def answer(self, url: str, form: BaseForm) -> HttpResponse:
        return handed(self.given_back, form.cleaned_data["format"])


class TakeHtcds(TakePage):
    """A file of HTCDS."""

    looks, takes, permission = preview_htcds, import_htcds, import_htcds.permission
    form_class, template_name = TakeHtcdsForm, "exchange/take_htcds.html"
