"""The page on which a person connects ODK Collect. What it answers is shown once."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from allauth.mfa.adapter import get_adapter
from django.forms import CharField
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.verbs.forms import form_of
from core.web import FormPage
from intake.collect.account import Connected, address_of
from intake.collect.services import connect_collect

if TYPE_CHECKING:
    from django.http import HttpResponse


class ConnectCollect(FormPage):
    service = connect_collect
    once = keeps_drafts = False  # its answer is shown, and kept nowhere
    template_name = "people/form.html"
    form_class = form_of(
        connect_collect, on={"name": CharField(max_length=60, label=_("What you call this phone"))}
    )

    def get_initial(self) -> dict[str, object]:
        return {"name": "ODK Collect"}

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = {"submit_label": _("Connect"), "back_url": reverse("intake:phones")}
        return super().get_context_data(**(context | kwargs))

    def done(self, row: object) -> str:
        self.given_back = row
        return reverse("intake:phones")

    def answer(self, url: str, form: object) -> HttpResponse:
        made: Connected = self.given_back
        svg = get_adapter().build_totp_svg(made.settings(address_of(self.request)))
        picture = base64.b64encode(svg.encode()).decode()
        context = {"made": made, "picture": picture, "back_url": url}
        context |= {"address": address_of(self.request)}
        return render(self.request, "intake/connected.html", context)
