"""Shapes of what is to be done: tasks of people and what follows from the record, alike."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import User
from casework.enums import MOST_AT_ONCE
from casework.models import Snooze, Task
from casework.services.tasks import WHY_LENGTH
from core.api.serializers import Day, Input, RowSerializer, Text, VisibleRow, shown_as
from core.services import Refused
from desk.rules import HARMS
from desk.to_do.tasks import find, harm_of, key_of, long_overdue, split_key, urgency_of
from desk.to_do.together import Deed, chosen

HARM_CHOICES = [(harm.name.lower(), words) for harm, (words, _tone) in HARMS.items()]


class TaskSerializer(RowSerializer[Task]):
    """Derived: `rule` says by which rule, `row` of which record; it has no assignee or version."""

    shows = (
        "id case rule row what about due_on urgency harm long_overdue assignee status ended_at "
        "may_wait until version"
    )

    id = serializers.SerializerMethodField()
    rule = serializers.CharField(read_only=True)
    row = serializers.SerializerMethodField()
    what = serializers.CharField(read_only=True)
    about = serializers.CharField(read_only=True, default="")
    urgency = serializers.SerializerMethodField()
    harm = serializers.SerializerMethodField()
    long_overdue = serializers.SerializerMethodField()
    assignee = shown_as("username")
    may_wait = serializers.BooleanField(read_only=True)
    until = serializers.DateField(read_only=True, default=None, allow_null=True)
    version = serializers.SerializerMethodField()

    def get_id(self, task: Task) -> str:
        return key_of(task)

    def get_row(self, task: Task) -> uuid.UUID | None:
        return task.pk if task.rule else None

    def get_version(self, task: Task) -> int | None:
        return None if task.rule else task.version

    def get_urgency(self, task: Task) -> str:
        return urgency_of(task).name.lower()

    @extend_schema_field(serializers.ChoiceField(HARM_CHOICES))
    def get_harm(self, task: Task) -> str:
        return harm_of(task).name.lower()

    def get_long_overdue(self, task: Task) -> bool:
        return long_overdue(task)


@extend_schema_field(str)
class DerivedTask(serializers.Field[Any, Any, Any, Any]):
    """A task that follows from the record, by the id the list gives it."""

    default_error_messages = {"invalid": gettext_lazy("Not found, or not open to you.")}

    def to_internal_value(self, data: object) -> object:
        rule, row = split_key(data) if isinstance(data, str) else ("", None)
        task = find(self.context["reader"], rule, row) if row else None
        return task or self.fail("invalid")

    def to_representation(self, value: Any) -> str:
        return key_of(value)


class TogetherInput(Input):
    deed = serializers.ChoiceField(Deed.choices)
    tasks = serializers.ListField(
        child=serializers.CharField(max_length=100), min_length=1, max_length=MOST_AT_ONCE
    )
    reason = Text(min_length=WHY_LENGTH, max_length=500, required=False)
    until = Day(ahead=True, required=False)
    due_on = Day(ahead=True, required=False)
    assignee = VisibleRow(
        User.objects.filter(is_active=True), by="username", required=False, allow_null=True
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        try:
            attrs["tasks"] = chosen(self.context["reader"], attrs["tasks"])
        except Refused as no:
            raise serializers.ValidationError({"tasks": str(no)}) from None
        return attrs


class TogetherSerializer(serializers.Serializer[Any]):
    deed = serializers.ChoiceField(Deed.choices)
    tasks = serializers.ListField(child=serializers.CharField())


class SnoozeSerializer(RowSerializer[Snooze]):
    shows = "id case rule row until reason snoozed_by snoozed_at woken_at version"

    row = serializers.UUIDField(source="row_id", read_only=True)
    reason = serializers.CharField(read_only=True)
    snoozed_by = shown_as("username")
