"""What is to be done in a case: written down, given to somebody, done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.forms.tasks import NotNeededForm, TaskForm, WhoAndWhen
from casework.models import Snooze, Task
from casework.services.tasks import (
    add_task,
    assign_task,
    cancel_task,
    finish_task,
    reopen_task,
    wake_task,
)
from casework.views.cases import ITS_CASE, RecordVerb, VersionedVerb
from core.web import OncePage, RowPage

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

WEEK = timedelta(days=7)


class GoesBack:
    """Whoever works through Today goes on there; others on the page of the case."""

    request: HttpRequest
    target: Any

    def after(self) -> str:
        if "today" in self.request.GET:
            return reverse("desk:today")
        return f"{self.target.get_absolute_url()}#to-do"


class AddTask(OncePage, GoesBack, RecordVerb):
    service, form_class = add_task, TaskForm
    title = gettext_lazy("Add a task")
    intro = gettext_lazy("The whole team sees it. Whoever it is given to is told.")
    submit_label = gettext_lazy("Add the task")

    def get_initial(self) -> dict[str, Any]:
        return {"due_on": self.case.jurisdiction.today + WEEK}


class TaskVerb(GoesBack, VersionedVerb, RecordVerb):
    """A verb on a task, which stands above the form."""

    model, beside = Task, (*ITS_CASE, "assignee")

    def about(self) -> list[tuple[Any, Any]]:
        return [(_("Task"), self.target.what)]


class AssignTask(TaskVerb):
    service, form_class = assign_task, WhoAndWhen
    title = gettext_lazy("Give a task to somebody")
    intro = gettext_lazy("Only people who read this case are offered.")

    def get_initial(self) -> dict[str, Any]:
        return {"assignee": self.target.assignee_id, "due_on": self.target.due_on}


class CancelTask(TaskVerb):
    service, form_class = cancel_task, NotNeededForm
    title = gettext_lazy("A task is not needed any more")
    intro = gettext_lazy("It stays in the history of the case.")


class TaskStep(GoesBack, RowPage):
    """A button beside a task."""

    model, service = Task, finish_task

    def rows(self) -> Any:
        return super().rows().select_related("case")

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        self.service(self.target, version=self.version, actor=self.actor)
        return HttpResponseRedirect(self.after())


class FinishTask(TaskStep):
    """It is done. On Today one can take that back for a moment."""

    def after(self) -> str:
        back = super().after()
        return f"{back}?done={self.target.pk}" if "today" in self.request.GET else back


class ReopenTask(TaskStep):
    service = reopen_task


class WakeTask(GoesBack, RowPage):
    """Asked again before its day."""

    model, service = Snooze, wake_task

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        wake_task(self.target, actor=self.actor)
        return HttpResponseRedirect(self.after())
