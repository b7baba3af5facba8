from __future__ import annotations

from typing import Any

from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from casework.models import Snooze, Task
from casework.services.tasks import (
    add_task,
    assign_task,
    cancel_task,
    finish_task,
    reopen_task,
    snooze_task,
    wake_task,
)
from core import clock
from core.api.filters import day, either, identifier, one_of
from core.api.serializers import Nothing
from core.api.viewsets import ReadViewSet
from desk.api.task_serializers import (
    HARM_CHOICES,
    AddTaskInput,
    AssignTaskInput,
    NotNeededInput,
    SnoozeInput,
    SnoozeSerializer,
    TaskSerializer,
    TogetherInput,
    TogetherSerializer,
)
from desk.questions import LONG, in_order
from desk.rules import OF_THE_RECORD, Harm
from desk.tasks import BY_DAY, NO_RULE, OWN, PRESSING, asked, key_of, own_tasks, to_do
from desk.to_do_list import CLASSES
from desk.together import do_together


class RULE:
    """What `rule` may be: a code of the table, or the tasks of people."""

    choices = ((OWN, _("Tasks of people")), *((rule.code, rule.words) for rule in OF_THE_RECORD))
    values = tuple(code for code, _words in choices)


class CLASS:
    """What `harm` may be."""

    choices = HARM_CHOICES
    values = tuple(CLASSES)


class TaskViewSet(ReadViewSet):
    """What is to be done: open tasks of people, and what the rules ask of the record.

    The list holds both, the most pressing first, as Today and To do: by `harm`, what is harmed if
    it is not done in hours; in each class what is not due yet, the soonest first, then what is
    overdue, the least overdue first. What is `long_overdue`, by more than a month, comes last, in
    the same order. A task that follows from the record has a `rule`; it is not stored
    and goes by itself when the record answers it. It can be put off, see `snoozes/`: then it stands
    in the list of those `resting`, with `until`. With `updated_since` the list holds what people
    wrote down, also what is done: nothing says when the answer to a question changed.
    """

    queryset = Task.objects.select_related("assignee", "case__jurisdiction")
    serializer_class = TaskSerializer
    sorts = {"pressing": PRESSING, "day": BY_DAY}
    filters = {
        "case": identifier("case"),
        "due_to": day("due_on__lte"),
        "rule": one_of(RULE, lambda code: Q(rule=NO_RULE if code == OWN else code)),
        "harm": one_of(CLASS, lambda code: Q(harm=CLASSES[code])),
        "long_overdue": either({"place__gte": LONG}, {"place__lt": LONG}),
        "resting": either({}, {}),  # read where the list is made: put off, and until when
    }
    services = {
        "create": add_task,
        "partial_update": assign_task,
        "finish": finish_task,
        "cancel": cancel_task,
        "reopen": reopen_task,
        "together": do_together,
    }
    inputs = {
        "create": AddTaskInput,
        "partial_update": AssignTaskInput,
        "finish": Nothing,
        "cancel": NotNeededInput,
        "reopen": Nothing,
        "together": TogetherInput,
    }

    def get_queryset(self) -> Any:
        if self.action != "list":
            return super().get_queryset()
        if "updated_since" in self.request.query_params:
            rows = super().get_queryset().annotate(rule=Value(NO_RULE))
            return in_order(rows, Harm.REST, clock.today())
        user: Any = self.request.user
        mine = [rule for rule in asked(user) if rule in OF_THE_RECORD]
        if self.request.query_params.get("resting") == "true":
            return to_do(user, rules=mine, asleep=True)
        return to_do(user, rules=mine, own=own_tasks)

    @extend_schema(request=AddTaskInput, responses={201: TaskSerializer})
    def create(self, request: Any) -> Response:
        """Write down what is to be done in a case."""
        return self.create_with(add_task)

    @extend_schema(request=AssignTaskInput, responses=TaskSerializer)
    def partial_update(self, request: Any, pk: Any) -> Response:
        """Give a task to somebody else, or to the whole team (null), or say by when."""
        return self.change_with(assign_task, keeps=("assignee", "due_on"))

    @extend_schema(request=None, responses=TaskSerializer)
    @action(detail=True, methods=["post"])
    def finish(self, request: Any, pk: Any) -> Response:
        """Say that it is done."""
        return self.change_with(finish_task)

    @extend_schema(request=NotNeededInput, responses=TaskSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Any, pk: Any) -> Response:
        """Say that it is not needed any more, and why."""
        return self.change_with(cancel_task)

    @extend_schema(request=TogetherInput, responses=TogetherSerializer)
    @action(detail=False, methods=["post"])
    def together(self, request: Any) -> Response:
        """Do one thing with up to 100 tasks: with all of them, or with none.

        `finish`, `cancel` (with a `reason`) and `assign` (`assignee` or null for the whole team,
        `due_on`) are for tasks of people; `snooze` (`until`, `reason`) for what follows from the
        record. `reopen` and `wake` take that back. If one cannot, the answer names it.
        """
        data = self.validated()
        tasks = data.pop("tasks")
        keys = [key_of(task) for task in tasks]

        def run() -> Any:
            do_together(tasks, actor=request.user, **data)
            return TogetherSerializer({"deed": data["deed"], "tasks": keys}).data

        return self.once(run, status=200)

    @extend_schema(request=None, responses=TaskSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Any, pk: Any) -> Response:
        """Take back that it was done or not needed."""
        return self.change_with(reopen_task)


class SnoozeViewSet(ReadViewSet):
    """What follows from the record and was put off, by whom, until when and why."""

    queryset = Snooze.objects.select_related("snoozed_by", "case")
    serializer_class = SnoozeSerializer
    filters = {"case": identifier("case")}
    services = {"create": snooze_task, "wake": wake_task}
    inputs = {"create": SnoozeInput, "wake": Nothing}

    @extend_schema(request=SnoozeInput, responses={201: SnoozeSerializer})
    def create(self, request: Any) -> Response:
        """Put off what a rule asks, for everybody, for 30 days at most. Some cannot wait."""
        data = self.validated()
        task = data.pop("task")
        return self.once(
            lambda: SnoozeSerializer(snooze_task(task, actor=request.user, **data)).data
        )

    @extend_schema(request=None, responses=SnoozeSerializer)
    @action(detail=True, methods=["post"])
    def wake(self, request: Any, pk: Any) -> Response:
        """Ask again before its day."""
        return self.change_with(wake_task)
