"""The full list of what is to be done, and putting off what a rule asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.services.tasks import snooze_task
from casework.views.cases import RecordVerb
from casework.views.tasks import GoesBack
from core.pagination import BadPage
from core.services import Refused
from core.web import OncePage, Page
from desk.services import read_to_do
from desk.task_forms import SnoozeForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from casework.models import Snooze
    from core.undo import Undo


class ToDoList(Page):
    """Everything that needs the reader, by day; with `rule`, of one kind."""

    permission = read_to_do.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            shown = read_to_do(request.GET.dict(), actor=self.actor)
        except BadPage:  # an old or mistyped link: show the first page rather than an error
            return HttpResponseRedirect(reverse("desk:to-do"))
        return render(request, "desk/to_do_list.html", shown)


class SnoozeTask(OncePage, GoesBack, RecordVerb):
    """One of the things the rules ask of this case is put off."""

    service, form_class = snooze_task, SnoozeForm
    title = gettext_lazy("Not now")
    intro = gettext_lazy(
        "It is put off for the whole team, 30 days at most, and comes back by itself. If it is done"
        " meanwhile, it goes."
    )
    submit_label = gettext_lazy("Put it off")

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if not form.tasks:
            raise Refused(_("Nothing is asked of this case that could wait."))
        return form

    def get_initial(self) -> dict[str, Any]:
        return {"task": self.request.GET.get("task", "")}

    def act(self, form: Any) -> str:
        data = form.cleaned_data
        until, reason = data["until"], data["reason"]
        return self.done(snooze_task(data["task"], until=until, reason=reason, actor=self.actor))

    def taken_back_by(self, row: Snooze) -> Undo | None:
        return self.undo(_("Put off."), "wake-task", row)
