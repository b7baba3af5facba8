"""Pages that open a case to someone: to a prosecutor from outside, or in an emergency."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.forms.opening import ReviewForm
from casework.models import BreakGlass
from casework.models.records import ITS_CASE
from casework.services.emergencies import (
    break_glass,
    end_emergency,
    read_emergencies,
    reads_under,
    review_glass,
)
from casework.views.cases import RecordVerb
from core import refusals
from core.services import Refused
from core.web import Page

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from casework.models import Case
    from casework.querysets import GlassQuerySet


def _moment(moment: datetime, case: Case) -> str:
    return date_format(case.jurisdiction.clock(moment), "j M Y, H:i")


class OpenInEmergency(RecordVerb):
    """For who knows that the case exists and may not read it."""

    service, form_base = break_glass, forms.Form
    submit_label = gettext_lazy("Open for an hour")

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if self.actor.scope.reads(self.case, Perm.CASE_VIEW):
            raise Refused(refusals.gettext("This case is already open to you."))
        return super().get(request, *args, **kwargs)

    def after(self) -> str:
        return self.case.get_absolute_url()


class EndEmergency(Page):
    """The button in the red band, and in the list of who watches."""

    model, service = BreakGlass, end_emergency

    def rows(self) -> GlassQuerySet:
        return BreakGlass.objects.open_to(self.actor)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        ended = end_emergency(self.target, actor=self.actor)
        own = ended.user_id == self.actor.pk
        return HttpResponseRedirect(reverse("desk:today" if own else "casework:emergencies"))


class Emergencies(Page):
    """What was opened in emergencies, the unreviewed first."""

    permission = read_emergencies.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        emergencies = read_emergencies(actor=self.actor)
        for row in (row for rows in emergencies.values() for row in rows):
            row.since = _moment(row.started_at, row.case)
        may = request.user.has_perm
        context = emergencies | {
            "can_review": may(Perm.GLASS_REVIEW),
            "can_end": may(Perm.GLASS_BREAK),
        }
        return render(request, "casework/emergencies.html", context)


class ReviewEmergency(RecordVerb):
    model, service, form_class = BreakGlass, review_glass, ReviewForm
    beside = (*ITS_CASE, "user")
    submit_label = gettext_lazy("Save the review")

    @property
    def case(self) -> Any:
        return self.target.case

    def about(self) -> list[tuple[Any, Any]]:
        row = self.target
        return [
            (_("Opened by"), row.user.name),
            (_("When"), f"{_moment(row.started_at, row.case)} – {_moment(row.over_at, row.case)}"),
            (_("Reason"), row.reason),
            (_("Reads of the case in this time"), reads_under(row, actor=self.actor)),
        ]

    def after(self) -> str:
        return reverse("casework:emergencies")
