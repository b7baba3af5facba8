"""Programs and their keys, for the system administrator. Nothing here is about a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext_lazy

from accounts.forms.programs import KeyForm, ProgramForm
from accounts.models import ApiKey, ServiceAccount
from accounts.services.keys import (
    Issued,
    issue_key,
    open_program,
    read_program,
    read_programs,
    rotate_key,
)
from accounts.views.people import AccountPage, tagged
from core.web import Page

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse


class Programs(Page):
    permission = read_programs.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(
            request, "people/programs.html", {"programs": read_programs(actor=self.actor)}
        )


class Program(Page):
    model, service = ServiceAccount, read_program

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        context = read_program(self.target, actor=self.actor)
        tagged(context["person"])
        return render(request, "people/program.html", context)


class OpenProgram(AccountPage):
    service, form_class, listed = open_program, ProgramForm, "people:programs"
    submit_label = gettext_lazy("Add")

    def act(self, form: BaseForm) -> str:
        return open_program(actor=self.actor, **form.cleaned_data).get_absolute_url()


def show_key(page: AccountPage, made: Issued) -> HttpResponse:
    """The text of a key in the answer itself: it is kept nowhere."""
    context = {"key": made.row, "text": made.text, "back_url": page.back()}
    return render(page.request, "people/key.html", context)


class IssueKey(AccountPage):
    model, service, form_class = ServiceAccount, issue_key, KeyForm
    once = keeps_drafts = False  # its answer is shown, and kept nowhere
    submit_label = gettext_lazy("Issue")

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"words": self.target.words}

    def answer(self, url: str, form: object) -> HttpResponse:
        return show_key(self, self.given_back)


class RotateKey(AccountPage):
    model, service = ApiKey, rotate_key
    once = keeps_drafts = False  # its answer is shown, and kept nowhere
    submit_label = gettext_lazy("Replace")

    def answer(self, url: str, form: object) -> HttpResponse:
        return show_key(self, self.given_back)
