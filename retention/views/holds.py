"""What holds a case back from being erased."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.models import Case
from casework.views.cases import RecordVerb
from core.verbs.forms import form_of
from core.web import Page
from retention.enums import HoldStatus
from retention.services.holds import (
    ask_hold,
    read_holds,
)
from victims.models import Involvement

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


class CaseHolds(Page):
    """What holds a case back from being erased, and the way to ask for it."""

    model, service = Case, read_holds

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        holds = read_holds(self.target, actor=self.actor)
        decides, may_ask = (self.actor.has_perm(p) for p in (Perm.HOLD_DECIDE, Perm.HOLD_ASK))
        for hold in holds:
            asked = hold.status == HoldStatus.ASKED and hold.asked_by_id != self.actor.pk
            lifting = hold.status == HoldStatus.LIFTING and hold.lifting_by_id != self.actor.pk
            hold.may_decide, hold.may_lift = decides and asked, decides and lifting  # type: ignore[attr-defined]
        context = {"case": self.target, "holds": holds, "may_ask": may_ask}
        return render(request, "retention/holds.html", context)


class Survivor(forms.ModelChoiceField):
    """Somebody of the case, by code; nobody: the whole case."""

    def __init__(self, **words: Any) -> None:
        super().__init__(
            Involvement.objects.none(), empty_label=gettext_lazy("The whole case"), **words
        )


class HoldForm(form_of(ask_hold, RecordVerb.form_base, on={"involvement": Survivor})):  # type: ignore[misc]
    """With the survivors of the case to choose from."""

    def offer(self) -> None:
        rows = Involvement.objects.visible_in(self.case, self.user)
        self.fields["involvement"].queryset = rows.order_by("code")
