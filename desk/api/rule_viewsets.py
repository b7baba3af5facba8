"""The rules of tasks as the organisation has them asked, for programs."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from casework.models import TaskRule
from core.api.serializers import RowSerializer, shown_as
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from desk.rules import BY_CODE
from desk.task_rules.services import change_rule, holders, reset_rule, try_rule


class TaskRuleSerializer(RowSerializer[TaskRule]):
    """`words`: what it asks for; `days_shipped`: its days where `days` is null, and null where it
    has none; `may`: the roles that can do it, all of them asked where `roles` is empty; `fixed`:
    why it can only be asked earlier.
    """

    shows = "id rule words is_on days days_shipped roles may fixed set_by set_at version"

    words = serializers.SerializerMethodField()
    days_shipped = serializers.SerializerMethodField()
    may = serializers.SerializerMethodField()
    fixed = serializers.SerializerMethodField()
    set_by = shown_as("username")

    def get_words(self, row: TaskRule) -> str:
        return str(BY_CODE[row.rule].words)

    def get_days_shipped(self, row: TaskRule) -> int | None:
        return BY_CODE[row.rule].days

    def get_may(self, row: TaskRule) -> list[str]:
        return [role.value for role in holders(BY_CODE[row.rule])]

    def get_fixed(self, row: TaskRule) -> str:
        return str(BY_CODE[row.rule].fixed or "")


class TriedSerializer(serializers.Serializer[Any]):
    """Tasks of all offices, rounded up to tens; null where nobody can count them beforehand."""

    now = serializers.IntegerField(allow_null=True)
    then = serializers.IntegerField(allow_null=True)


class TaskRuleViewSet(ReadViewSet):
    """The rules by which tasks follow from the record, as the organisation has them asked."""

    listed = List(
        TaskRule.objects.filter(rule__in=BY_CODE).select_related("set_by"),
        orders={"rule": "rule"},
        recorded=False,
    )
    serializer_class = TaskRuleSerializer

    partial_update = Verb(change_rule)
    reset = Verb(reset_rule)
    try_change = Verb(try_rule, body="TryRuleInput", answers=TriedSerializer, path="try")
