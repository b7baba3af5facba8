"""Programs and their keys, for the system administrator. Nothing here is about a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import ApiKey, ServiceAccount
from accounts.people_views import AccountForm, tagged
from accounts.program_forms import KeyForm, ProgramForm
from accounts.services.keys import (
    Issued,
    issue_key,
    open_program,
    read_program,
    read_programs,
    revoke_key,
    rotate_key,
)
from core.web import FormPage, Page

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
        shown = read_program(self.target, actor=self.actor)
        tagged(shown["person"])
        return render(request, "people/program.html", shown)


class OpenProgram(AccountForm):
    permission, service, form_class = open_program.permission, open_program, ProgramForm
    title = gettext_lazy("Add a program")
    intro = gettext_lazy(
        "It gets an account that nobody signs in to. Then ask for its role: a second person"
        " confirms it, as for everyone."
    )
    submit_label = gettext_lazy("Add")

    def back(self) -> str:
        return reverse("people:programs")

    def act(self, form: BaseForm) -> str:
        return open_program(actor=self.actor, **form.cleaned_data).get_absolute_url()


class ProgramVerb(AccountForm, FormPage):
    """A verb on a program or a key of one."""

    model: Any = ServiceAccount

    def account(self) -> ServiceAccount | None:
        if isinstance(self.target, ServiceAccount):
            return self.target
        found: ServiceAccount | None = ServiceAccount.objects.filter(
            user=self.target.user_id
        ).first()
        return found

    def back(self) -> str:
        account = self.account()
        return account.get_absolute_url() if account else reverse("people:programs")

    def before(self) -> str:
        return self.back()

    def about(self) -> list[tuple[str, Any]]:
        key = [] if self.model is ServiceAccount else [(_("Key"), f"cw_{self.target.prefix}_…")]
        return [(_("Account"), self.target.user.name), *key]

    def after(self) -> str:
        return self.back()


class ShownOnce(ProgramVerb):
    """Makes a key and shows its text in the answer itself: it is kept nowhere."""

    once = False  # its answer is shown, and kept nowhere

    def form_valid(self, form: object) -> HttpResponse:
        self.made: Issued | None = None
        answer = super().form_valid(form)
        if self.made is None:
            return answer
        shown = {"key": self.made.row, "text": self.made.text, "back_url": self.back()}
        return render(self.request, "people/key.html", shown)

    def act(self, form: BaseForm) -> str:
        self.made = self.service(self.target, actor=self.actor, **form.cleaned_data)
        return self.back()


class IssueKey(ShownOnce):
    service, form_class = issue_key, KeyForm
    title = gettext_lazy("Issue a key")
    intro = gettext_lazy("It is shown once. Who may confirm roles is told of it.")
    submit_label = gettext_lazy("Issue")

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"words": self.target.words}


class RotateKey(ShownOnce):
    model, service = ApiKey, rotate_key
    title = gettext_lazy("Replace a key")
    intro = gettext_lazy(
        "The new key says the same. Both are good for some days, so that the program can change"
        " over."
    )
    submit_label = gettext_lazy("Replace")


class RevokeKey(ProgramVerb):
    model, service, danger = ApiKey, revoke_key, True
    title = gettext_lazy("Revoke a key")
    intro = gettext_lazy("At once: its next call is refused.")
    submit_label = gettext_lazy("Revoke")
