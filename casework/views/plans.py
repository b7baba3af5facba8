"""The plan of a rescue: one page for those whom it names, fit for a phone."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import Perm
from casework.enums import CaseStatus, Decision, PlanStatus
from casework.forms.plans import FIRST, PlanChangeForm
from casework.forms.sites import site_in_words
from casework.models import RescuePlan, Site
from casework.services.plans import (
    call_off_plan,
    carry_out_plan,
    change_plan,
    decide_plan,
    name_in_plan,
    open_plan,
    plan_rescue,
    unname_in_plan,
)
from casework.views.cases import Crumb, RecordVerb, page
from core.models import AuditEvent
from core.web import Page
from places.models import Agency, Jurisdiction

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern
    from django_stubs_ext import StrOrPromise

    from casework.models.plans import PlanContent
    from core.services import Service

PLAN = gettext_lazy("Plan of a rescue")
PLAN_FORM = "casework/plan_form.html"
VERBS = ("decide", "change", "name", "unname", "carry-out", "call-off")


def beneath(plan: RescuePlan) -> Crumb:
    return Crumb(plan.get_absolute_url(), str(PLAN))


def plan_page(verb: Service[..., RescuePlan], step: str, **options: object) -> URLPattern:
    """The page of a verb of a plan, below that of the plan."""
    address, name = f"rescue-plans/<uuid:pk>/{step}/", f"{step}-plan"
    options |= {"beneath": (beneath,), "part": "plan", "template_name": PLAN_FORM}
    return page(verb, address, name=name, **options)


SHOWN = 50
DEEDS = {
    "rescueplan.made": plan_rescue.label,
    "rescueplan.changed": change_plan.label,
    "rescueplan.named": name_in_plan.label,
    "rescueplan.unnamed": unname_in_plan.label,
    "rescueplan.decided": decide_plan.label,
    "rescueplan.called_off": call_off_plan.label,
    "rescueplan.carried_out": carry_out_plan.label,
}


class Deed(NamedTuple):
    at: str
    who: str
    did: StrOrPromise


class Member(NamedTuple):
    name: str
    part: str


class ChangePlan(RecordVerb):
    """By hand: it begins with what is planned so far, which lies encrypted."""

    model, service, form_class = RescuePlan, change_plan, PlanChangeForm
    beneath, part, template_name = (beneath,), "plan", PLAN_FORM

    def get_initial(self) -> dict[str, object]:
        return vars(self.target.says)


class ShowPlan(Page):
    """What is planned, recorded for each who opens it."""

    model, service = RescuePlan, open_plan

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        plan, says = self.target, open_plan(self.target, actor=self.actor)
        at = says.decided_at
        people = dict(User.objects.filter(pk__in=says.everybody).values_list("pk", "name"))
        is_open = plan.status == PlanStatus.OPEN and plan.case.status != CaseStatus.CLOSED
        may = is_open and self.actor.has_perm(change_plan.permission)
        context = {
            "plan": plan,
            "case": plan.case,
            "says": says,
            "lines": lines(says),
            "team": [Member(people[UUID(pk)], part) for pk, part in says.team.items()],
            "decision": Decision(says.decision).label if says.decision else "",
            "decided_by": people.get(says.decider, ""),
            "decided_at": at and in_words(datetime.fromisoformat(at), plan.case.jurisdiction),
            "deeds": deeds(plan),
            "urls": verb_urls(pk) if may else {},
            "log_url": log_url(plan) if may and self.actor.has_perm(Perm.RESCUE_LOG) else "",
        }
        return render(request, "casework/rescue_plan.html", context)


def deeds(plan: RescuePlan) -> list[Deed]:
    """What was done to it, the last first; only those who see the plan see these events."""
    events = AuditEvent.objects.naming([plan.pk]).filter(action__in=DEEDS).order_by("-id")[:SHOWN]
    done = list(events.values_list("at", "actor_id", "action"))
    names = dict(
        User.objects.filter(pk__in=[who for _at, who, _ in done]).values_list("pk", "name")
    )
    place = plan.case.jurisdiction
    return [Deed(in_words(at, place), names.get(who, ""), DEEDS[did]) for at, who, did in done]


def verb_urls(pk: UUID) -> dict[str, str]:
    return {verb.replace("-", "_"): reverse(f"casework:{verb}-plan", args=[pk]) for verb in VERBS}


def lines(says: PlanContent) -> list[tuple[StrOrPromise, object]]:
    """What is known of it, by the labels of its form; risks stand by themselves."""
    fields = PlanChangeForm.base_fields
    names = [name for name in dict.fromkeys((*FIRST, *fields)) if name in fields]
    partners = Agency.objects.filter(pk__in=says.partners).order_by("name")
    values = vars(says) | {
        "day": date_format(date.fromisoformat(says.day), "l j M Y"),
        "jurisdiction": str(Jurisdiction.objects.get(code=says.jurisdiction)),
        "site": site_in_words(Site.objects.get(pk=says.site)) if says.site else "",
        "partners": ", ".join(partners.values_list("name", flat=True)),
    }
    rows = [(fields[name].label, values[name]) for name in names if name != "risks"]
    return [(label, value) for label, value in rows if value not in ("", None)]


def in_words(moment: datetime, place: Jurisdiction) -> str:
    """By the clock of the place."""
    return date_format(place.clock(moment), "j M Y, H:i")


def log_url(plan: RescuePlan) -> str:
    """Where its rescue is logged, with what was planned filled in."""
    query = urlencode({"case": str(plan.case_id), "plan": str(plan.pk)})
    return f"{reverse('intake:log-rescue')}?{query}"
