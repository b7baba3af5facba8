"""Shapes of what is to be done: tasks of people and what follows from the record, alike."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import User
from casework.models import Case, Snooze, Task
from casework.services.tasks import WHY_LENGTH
from core.api.serializers import Day, Input, Text, VisibleRow, shown_as
from desk.tasks import find, key_of, urgency_of


class TaskSerializer(serializers.ModelSerializer[Task]):
    """Derived: `rule` says by which rule, `row` of which record; it has no assignee or version."""

    id = serializers.SerializerMethodField()
    rule = serializers.CharField(read_only=True)
    row = serializers.SerializerMethodField()
    what = serializers.CharField(read_only=True)
    about = serializers.CharField(read_only=True, default="")
    urgency = serializers.SerializerMethodField()
    assignee = shown_as("username")
    may_wait = serializers.BooleanField(read_only=True)
    until = serializers.DateField(read_only=True, default=None, allow_null=True)
    version = serializers.SerializerMethodField()

    class Meta:
        model = Task
        fields = (
            *("id", "case", "rule", "row", "what", "about", "due_on", "urgency"),
            *("assignee", "status", "ended_at", "may_wait", "until", "version"),
        )

    def get_id(self, task: Task) -> str:
        return key_of(task)

    def get_row(self, task: Task) -> uuid.UUID | None:
        return task.pk if task.rule else None

    def get_version(self, task: Task) -> int | None:
        return None if task.rule else task.version

    def get_urgency(self, task: Task) -> str:
        return urgency_of(task).name.lower()


class AddTaskInput(Input):
    case = VisibleRow(Case.objects.select_related("jurisdiction"))
    what = Text(max_length=500)
    due_on = Day(ahead=True)
    assignee = VisibleRow(User.objects.filter(is_active=True), by="username", required=False)


class AssignTaskInput(Input):
    due_on = Day(ahead=True, required=False)
    assignee = VisibleRow(
        User.objects.filter(is_active=True), by="username", required=False, allow_null=True
    )


class NotNeededInput(Input):
    reason = Text(min_length=WHY_LENGTH, max_length=500)


@extend_schema_field(str)
class DerivedTask(serializers.Field[Any, Any, Any, Any]):
    """A task that follows from the record, by the id the list gives it."""

    default_error_messages = {"invalid": _("Not found, or not open to you.")}

    def to_internal_value(self, data: Any) -> Any:
        rule, _colon, row = data.partition(":") if isinstance(data, str) else ("", "", "")
        try:
            key = uuid.UUID(row)
        except ValueError:
            self.fail("invalid")
        found = find(self.context["request"].user, rule, key) if str(key) == row else None
        return found or self.fail("invalid")

    def to_representation(self, value: Any) -> Any:
        return key_of(value)


class SnoozeInput(Input):
    task = DerivedTask()
    until = Day(ahead=True)
    reason = Text(min_length=WHY_LENGTH, max_length=500)


class SnoozeSerializer(serializers.ModelSerializer[Snooze]):
    row = serializers.UUIDField(source="row_id", read_only=True)
    reason = serializers.CharField(read_only=True)
    snoozed_by = shown_as("username")

    class Meta:
        model = Snooze
        fields = (
            *("id", "case", "rule", "row", "until", "reason"),
            *("snoozed_by", "snoozed_at", "woken_at", "version"),
        )
