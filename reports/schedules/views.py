"""What comes by itself to the person who looks, and how to begin and stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.enums import Programme
from core.models import Job
from core.web import FormPage
from places.models import Jurisdiction
from reports.base import REPORTS
from reports.outside.models import OutsideAddress, ReleaseLetter
from reports.schedules.forms import ChangeScheduleForm, ScheduleForm
from reports.schedules.models import Schedule
from reports.schedules.services import (
    change_schedule,
    colleagues,
    make_schedule,
    stop_schedule,
)

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django_stubs_ext import StrOrPromise

    from accounts.models import User


MOST_LETTERS = 50


def offered_to(actor: User) -> dict[str, object]:
    """Whom a form offers: colleagues, and addresses to whoever may choose them."""
    known = OutsideAddress.objects.visible_to(actor).in_force()
    proposes = actor.has_perm(Perm.RELEASE_PROPOSE)
    return {"offered": colleagues(actor), "addresses": known if proposes else known.none()}


def unreleased(actor: User) -> list[str]:
    """Why the last release of a running report could not be prepared."""
    runs: Any = Job.objects.filter(kind="prepare-release", requested_by=actor, result__isnull=False)
    last: dict[str, str | None] = {}
    for run in runs.order_by("-created_at")[:MOST_LETTERS]:
        last.setdefault(run.parameters.get("schedule", ""), run.result.get("refused"))
    mine = Schedule.objects.running().filter(made_by=actor).values_list("pk", flat=True)
    return [reason for key in mine if (reason := last.get(str(key))) is not None]


class Schedules(FormPage):
    """One's own schedules, and a form for one more."""

    permission = make_schedule.permission
    service, form_class, template_name = make_schedule, ScheduleForm, "reports/schedules.html"

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | offered_to(self.actor)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        running: Any = Schedule.objects.visible_to(self.actor)
        rows = [
            (row, about(row))
            for row in running.running().select_related("asked_by").order_by("-created_at", "-id")
        ]
        letters = ReleaseLetter.objects.visible_to(self.actor).shown()
        context = {
            "rows": rows,
            "letters": letters.filter(schedule__made_by=self.actor)[:MOST_LETTERS],
            "unreleased": unreleased(self.actor),
            "registers": self.actor.has_perm(Perm.RELEASE_DECIDE),
        }
        return super().get_context_data(**(context | kwargs))

    def act(self, form: BaseForm) -> str:
        data = dict(form.cleaned_data)
        make_schedule(data.pop("report"), actor=self.actor, **data)
        return reverse("reports:schedules")


def about(schedule: Schedule) -> list[tuple[StrOrPromise, object]]:
    by = [(_("Asked for by"), schedule.asked_by.name)] if schedule.asked_by else []
    place = Jurisdiction.objects.filter(code=schedule.jurisdiction).values_list("name", flat=True)
    return [
        (_("Report"), REPORTS[schedule.report].title),
        (_("Period"), schedule.get_span_display()),
        (_("How often"), schedule.get_every_display()),
        (_("On which day"), schedule.on_day),
        (_("Place"), place.first() or _("All places")),
        (_("Programme"), dict(Programme.choices).get(schedule.programme, _("All programmes"))),
        *by,
        *(_outside(schedule) if schedule.outside else []),
    ]


def _outside(schedule: Schedule) -> list[tuple[StrOrPromise, object]]:
    named = OutsideAddress.objects.in_force().filter(pk__in=schedule.outside)
    organisations = named.order_by("organisation").values_list("organisation", flat=True)
    return [
        (_("To outside addresses"), ", ".join(organisations) or "–"),
        (_("Places down to"), schedule.get_level_display()),
    ]


class OneSchedule(FormPage):
    model, template_name = Schedule, "reports/verb.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        back = reverse("reports:schedules")
        return super().get_context_data(about=about(self.target), back_url=back, **kwargs)


class ChangeSchedule(OneSchedule):
    service, form_class = change_schedule, ChangeScheduleForm
    submit_label = gettext_lazy("Save")

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | offered_to(self.actor)


class StopSchedule(OneSchedule):
    service = stop_schedule
    title = gettext_lazy("Stop a regular report")
    intro = gettext_lazy("It no longer comes. Reports already computed stay.")
    submit_label = gettext_lazy("Stop")
