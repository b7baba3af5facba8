"""Sealing a case, whom it names, and opening it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

from casework.case_pages import address
from casework.forms.cases import PeopleForm
from casework.forms.sealing import SealForm
from casework.models import Assignment, Case, Seal
from casework.services.cases import require_content
from casework.services.opening import team_of
from casework.services.sealing import (
    confirm_opening,
    may_be_named,
    name_person,
    refuse_opening,
    require_named,
    seal_case,
    take_name,
    withdraw_asking,
)
from casework.views.cases import RecordVerb
from core.web import Page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


class SealCase(RecordVerb):
    service, form_class, requires = seal_case, SealForm, (require_content,)
    submit_label = gettext_lazy("Seal now")

    def get_form_kwargs(self) -> dict[str, object]:
        team = team_of(self.case).exclude(pk=self.actor.pk).order_by("name")
        return super().get_form_kwargs() | {"team": team}


class NamePerson(RecordVerb):
    service, form_base, part = name_person, PeopleForm, "knowing"
    requires = (require_named,)
    submit_label = gettext_lazy("Name")

    def get_form_kwargs(self) -> dict[str, object]:
        named = self.case.assignment_set.in_force().filter(named=True).values("user")
        people = may_be_named(self.case).exclude(pk__in=named).order_by("name")
        return super().get_form_kwargs() | {"people": people}


class WithdrawAsking(Page):
    model, service = Case, withdraw_asking

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        withdraw_asking(self.target, actor=self.actor)
        return HttpResponseRedirect(address(self.target.pk, "knowing"))


class ConfirmOpening(Page):
    model, service = Seal, confirm_opening

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        self.service(self.target, version=self.version, actor=self.actor)
        return HttpResponseRedirect(address(self.target.case_id, "knowing"))


class RefuseOpening(ConfirmOpening):
    service = refuse_opening


class TakeName(Page):
    model, service = Assignment, take_name

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        taken = take_name(self.target, actor=self.actor)
        if taken.user_id == self.actor.pk:  # who gave up access is not sent to a closed page
            return HttpResponseRedirect(f"{reverse('desk:today')}?note=access-given-up")
        return HttpResponseRedirect(address(self.target.case_id, "knowing"))
