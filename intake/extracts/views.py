"""Pages of extracts: checking out, and handing the extract to the phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.forms import CharField, HiddenInput
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from casework.forms.cases import RecordForm
from casework.views.cases import RecordVerb
from core.verbs.forms import form_of
from core.web import Page
from intake.extracts.services import check_out_case, read_extract
from intake.models import Extract

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


class CheckOutCase(RecordVerb):
    """Which phone it is, says the script of the page; without one that is enrolled, no form."""

    service = check_out_case
    template_name = "intake/check_out.html"
    submit_label = gettext_lazy("Continue")
    keeps_drafts = False
    form_class = form_of(
        check_out_case,
        RecordForm,
        on={
            "phone": CharField(label=gettext_lazy("Phone"), max_length=64, widget=HiddenInput),
        },
    )

    def after(self) -> str:
        return reverse("intake:keep-extract", args=[self.given_back.pk])


class KeepExtract(Page):
    """Shows what was checked out, once, for the script to lock it with the PIN and keep it."""

    model, permission = Extract, read_extract.permission
    http_method_names = ["get"]  # what is shown once, no other method uses up

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        content = read_extract(self.target, actor=self.actor)
        context = {"extract": self.target, "content": content, "mark": self.target.phone.mark}
        return render(request, "intake/keep_extract.html", context)

    def before(self) -> str:
        return reverse("intake:phones")
