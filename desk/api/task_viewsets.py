from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.models import User
from casework.models import Snooze, Task
from casework.services.tasks import (
    WHY_LENGTH,
    add_task,
    assign_task,
    cancel_task,
    finish_task,
    reopen_task,
    snooze_task,
    wake_task,
)
from core.api.serializers import Text, VisibleRow
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.days import clock
from core.lists.declared import List
from core.lists.filters import day, either, one_of
from desk.api.task_serializers import (
    HARM_CHOICES,
    DerivedTask,
    SnoozeSerializer,
    TaskSerializer,
    TogetherInput,
    TogetherSerializer,
)
from desk.rules import OF_THE_RECORD, Harm
from desk.to_do.listed import CLASSES
from desk.to_do.orders import ORDERS
from desk.to_do.questions import in_order
from desk.to_do.tasks import NO_RULE, OWN, key_of, long_since, own_tasks, rules_for, to_do
from desk.to_do.together import do_together

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn


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
    in the list of those `resting`, with `until`. `changes/` holds what people wrote down, also
    what is done: nothing says when the answer to a question changed.
    """

    listed = List(
        Task.objects.select_related("assignee", "case__jurisdiction"),
        "case",
        {
            "due_to": day("due_on__lte"),
            "rule": one_of(RULE, lambda code: Q(rule=NO_RULE if code == OWN else code)),
            "harm": one_of(CLASS, lambda code: Q(harm=CLASSES[code])),
            "long_overdue": either(
                lambda rows, _reader: rows.filter(due_on__lt=long_since()),
                lambda rows, _reader: rows.filter(due_on__gte=long_since()),
            ),
            "resting": either({}, {}),  # read where the list is made: put off, and until when
        },
        orders=ORDERS,
    )
    serializer_class = TaskSerializer
    services = {"together": do_together}
    inputs = {"together": TogetherInput}

    def get_queryset(self) -> Any:
        if self.action != "list":
            return super().get_queryset()
        if self.of_changes:
            rows = super().get_queryset().annotate(rule=Value(NO_RULE))
            return in_order(rows, Harm.REST, clock.today())
        user: Any = self.request.user
        mine = [rule for rule in rules_for(user) if rule in OF_THE_RECORD]
        if self.request.query_params.get("resting") == "true":
            return to_do(user, rules=mine, mine=True, asleep=True)
        return to_do(user, rules=mine, mine=True, own=own_tasks)

    create = Verb(
        add_task,
        on={
            "assignee": VisibleRow(
                User.objects.filter(is_active=True), by="username", required=False
            )
        },
    )
    partial_update = Verb(
        assign_task,
        on={
            "assignee": VisibleRow(
                User.objects.filter(is_active=True), by="username", required=False, allow_null=True
            )
        },
        keeps=("assignee", "due_on"),
    )
    finish = Verb(finish_task)
    cancel = Verb(
        cancel_task,
        body="NotNeededInput",
        on={"reason": Text(min_length=WHY_LENGTH, max_length=500)},
    )

    # Takes rows that are none of one table.
    @extend_schema(request=TogetherInput, responses=TogetherSerializer)
    @action(detail=False, methods=["post"])
    def together(self, request: SignedIn) -> Response:
        """Do one thing with up to 100 tasks: with all of them, or with none.

        `finish`, `cancel` (with a `reason`) and `assign` (`assignee` or null for the whole team,
        `due_on`) are for tasks of people; `snooze` (`until`, `reason`) for what follows from the
        record. `reopen` and `wake` take that back. If one cannot, the answer names it.
        """
        data = self.validated()
        tasks = data.pop("tasks")
        keys = [key_of(task) for task in tasks]

        def run() -> dict[str, object]:
            do_together(tasks, actor=request.user, **data)
            return TogetherSerializer({"deed": data["deed"], "tasks": keys}).data

        return self.once(run, status=200)

    reopen = Verb(reopen_task)


class SnoozeViewSet(ReadViewSet):
    """What follows from the record and was put off, by whom, until when and why."""

    listed = List(Snooze.objects.select_related("snoozed_by", "case"), "case")
    serializer_class = SnoozeSerializer

    create = Verb(
        snooze_task,
        body="SnoozeInput",
        on={"task": DerivedTask(), "reason": Text(min_length=WHY_LENGTH, max_length=500)},
    )
    wake = Verb(wake_task)
