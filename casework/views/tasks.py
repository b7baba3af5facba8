"""What is to be done in a case: written down, given to somebody, done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.case_pages import address
from casework.forms.tasks import TaskForm, WhoAndWhen
from casework.models import Case, Snooze, Task
from casework.services.tasks import (
    add_task,
    assign_task,
    cancel_task,
    finish_task,
    reopen_task,
    wake_task,
)
from casework.views.cases import RecordVerb
from core.lists import pagination
from core.verbs.undo import Undo, offer
from core.web import Page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

WEEK = timedelta(days=7)


LISTS = {"today": "desk:today", "to-do": "desk:to-do"}


def take_back(page: Page | GoesBack, done: str, verb: str, row: Task | Snooze, **sent: str) -> Undo:
    """The button that takes it back leads to where this page does."""
    marks = {mark: query for mark, query in page.request.GET.items() if mark in LISTS}
    return Undo(done, pagination.address(reverse(f"casework:{verb}", args=[row.pk]), marks), sent)


class GoesBack:
    """Whoever works through a list goes on there; others on the page “To do” of the case."""

    request: HttpRequest
    target: Any
    undo = take_back

    def after(self) -> str:
        case = self.target if isinstance(self.target, Case) else self.target.case
        listed = pagination.going_on(self.request.GET, LISTS)
        return listed or address(case.pk, "to-do")


class AddTask(RecordVerb):
    service, form_class, lists = add_task, TaskForm, LISTS
    submit_label = gettext_lazy("Add the task")

    def get_initial(self) -> dict[str, object]:
        return {"due_on": self.case.jurisdiction.today + WEEK}


class AssignTask(RecordVerb):
    model, service, form_class, lists = Task, assign_task, WhoAndWhen, LISTS

    def get_initial(self) -> dict[str, object]:
        return {"assignee": self.target.assignee_id, "due_on": self.target.due_on}

    def taken_back_by(self, row: Task) -> Undo | None:
        before = self.target  # as it was read, before it was given to somebody
        if before.due_on < self.case.jurisdiction.today:  # no form takes that day any more
            return None
        sent = {"assignee": str(before.assignee_id or ""), "due_on": before.due_on.isoformat()}
        return take_back(self, _("Given."), "assign-task", row, version=str(row.version), **sent)


class CancelTask(RecordVerb):
    model, service, lists = Task, cancel_task, LISTS

    def taken_back_by(self, row: Task) -> Undo | None:
        return take_back(self, _("No longer needed."), "reopen-task", row, version=str(row.version))


class TaskStep(GoesBack, Page):
    """A button beside a task."""

    model, service = Task, finish_task

    def rows(self) -> Any:
        return super().rows().select_related("case")

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        row = self.service(self.target, version=self.version, actor=self.actor)
        offer(request, self.taken_back_by(row))
        return HttpResponseRedirect(self.after())

    def taken_back_by(self, row: Task) -> Undo | None:
        return None


class FinishTask(TaskStep):
    """It is done."""

    def taken_back_by(self, row: Task) -> Undo | None:
        return self.undo(_("Done."), "reopen-task", row, version=str(row.version))


class ReopenTask(TaskStep):
    service = reopen_task


class WakeTask(GoesBack, Page):
    """Asked again before its day."""

    model, service = Snooze, wake_task

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        wake_task(self.target, actor=self.actor)
        return HttpResponseRedirect(self.after())
