"""What comes by itself to the person who looks, and how to begin and stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.enums import Programme
from core.web import FormPage
from places.models import Jurisdiction
from reports.base import REPORTS
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


class Schedules(FormPage):
    """One's own schedules, and a form for one more."""

    permission = make_schedule.permission
    service, form_class, template_name = make_schedule, ScheduleForm, "reports/schedules.html"

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"offered": colleagues(self.actor)}

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        running: Any = Schedule.objects.visible_to(self.actor)
        rows = [
            (row, about(row))
            for row in running.running().select_related("asked_by").order_by("-created_at", "-id")
        ]
        return super().get_context_data(rows=rows, **kwargs)

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
        return super().get_form_kwargs() | {"offered": colleagues(self.actor)}


class StopSchedule(OneSchedule):
    service = stop_schedule
    title = gettext_lazy("Stop a regular report")
    intro = gettext_lazy("It no longer comes. Reports already computed stay.")
    submit_label = gettext_lazy("Stop")
