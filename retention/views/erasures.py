"""What is due, and the steps on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from core import clock
from core.web import Page
from retention.enums import ErasureStatus
from retention.models import Erasure, Policy
from retention.services.erasures import (
    confirm_erasure,
    keep_case,
    read_due,
    read_erasure,
    undo_erasure,
)
from retention.views.steps import Step

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from casework.models import Case


class Retention(Page):
    """Policies, what is due, and what was erased."""

    permission = Perm.RETENTION_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        policies = Policy.objects.visible_to(self.actor).select_related("country")
        in_force = policies.filter(pk__in=policies.in_force_on(clock.today()).values("pk"))
        coming = policies.filter(outcome="confirmed", begins_on__gt=clock.today())
        context = {
            "waiting": policies.waiting().order_by("created_at"),
            "policies": in_force.order_by("country__name", "kind", "person"),
            "coming": coming.order_by("begins_on"),
            "may_propose": self.actor.has_perm(Perm.POLICY_PROPOSE),
        }
        return render(request, "retention/retention.html", context | read_due(actor=self.actor))


class OneErasure(Page):
    """A case that has had its time, and the steps on it."""

    model, service = Erasure, read_erasure

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        case = read_erasure(self.target, actor=self.actor)
        decides = self.actor.has_perm(Perm.ERASURE_DECIDE)
        status = self.target.status
        open_ = (ErasureStatus.PROPOSED, ErasureStatus.ONCE)
        context = {
            "erasure": self.target,
            "case": case,
            "about": about_erasure(self.target, case),
            "may_confirm": decides and status in open_ and self.target.first_by != self.actor,
            "may_undo": decides and status in (ErasureStatus.ONCE, ErasureStatus.CONFIRMED),
            "may_keep": decides and status in (*open_, ErasureStatus.CONFIRMED),
        }
        return render(request, "retention/erasure.html", context)


def about_erasure(erasure: Erasure, case: Case | None = None) -> list[tuple[Any, Any]]:
    def day(value: Any) -> str:
        return date_format(value, "j M Y") if value else ""

    def by(who: Any, at: Any) -> str:
        return f"{who.name}, {day(at)}" if who else ""

    found = [
        (_("Case"), case.reference if case else ""),
        (_("Country"), erasure.country.name),
        (_("Had its time on"), day(erasure.due_on)),
        (_("Legal source"), erasure.basis),
        (_("Confirmed by"), by(erasure.first_by, erasure.first_at)),
        (_("Confirmed also by"), by(erasure.second_by, erasure.second_at)),
        (_("Can be taken back until"), day(erasure.not_before)),
        (_("Kept until"), day(erasure.kept_until)),
        (_("Why it is kept"), erasure.kept_for or ""),
        (_("Erased on"), day(erasure.erased_at)),
        (_("Tombstone"), str(erasure.tombstone or "")),
    ]
    return [(label, value) for label, value in found if value]


class ErasureVerb(Step):
    model = Erasure

    def about(self) -> list[tuple[Any, Any]]:
        return about_erasure(self.target, read_erasure(self.target, actor=self.actor))

    def back(self) -> str:
        return str(self.target.get_absolute_url())


class ConfirmErasure(ErasureVerb):
    service = confirm_erasure
    title = gettext_lazy("Confirm that this case be erased")
    intro = gettext_lazy(
        "Two persons confirm. Thirty days after the second everything of it goes: rows, files,"
        " former values, and the persons who are in no other case. It cannot be brought back then."
    )
    submit_label = gettext_lazy("Confirm")


class UndoErasure(ErasureVerb):
    service = undo_erasure
    title = gettext_lazy("Take back the erasure")
    intro = gettext_lazy("The case stays. It is on the list again, for two persons.")
    submit_label = gettext_lazy("Take it back")


class KeepCase(ErasureVerb):
    service = keep_case
    title = gettext_lazy("Keep this case longer")
    intro = gettext_lazy("It is proposed again after the day you say.")
    submit_label = gettext_lazy("Keep it")
