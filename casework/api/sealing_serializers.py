from __future__ import annotations

from contextlib import suppress
from typing import Any

from rest_framework import serializers

from accounts.models import User
from casework.access import person_tables
from casework.enums import SEAL_REASON_LENGTH
from casework.models import Conflict, Seal
from core.api.serializers import Input, RowSerializer, Text, VisibleRow, VisibleRows, shown_as


class SealSerializer(RowSerializer[Seal]):
    shows = (
        "id case status reason sealed_by sealed_at asked_by asked_reason asked_at opened_by "
        "opened_at version"
    )

    sealed_by = shown_as("username")
    asked_by = shown_as("username")
    opened_by = shown_as("username")
    reason = serializers.CharField(read_only=True)
    asked_reason = serializers.CharField(read_only=True, allow_null=True)


class AskedSerializer(RowSerializer[Seal]):
    """What whoever asks to open a case again is answered; the seal is for those who watch."""

    shows = "case status asked_by asked_reason asked_at"

    asked_by = shown_as("username")
    asked_reason = serializers.CharField(read_only=True, allow_null=True)


class ConflictSerializer(RowSerializer[Conflict]):
    shows = (
        "id case user kind about_person status declared_by declared_at lifted_by lifted_at "
        "lifted_reason version"
    )

    user = shown_as("username")
    declared_by = shown_as("username")
    lifted_by = shown_as("username")
    lifted_reason = serializers.CharField(read_only=True, allow_null=True)
    about_person = serializers.SerializerMethodField()

    def get_about_person(self, conflict: Conflict) -> bool:
        return conflict.person_id is not None


class WhyInput(Input):
    reason = Text(min_length=SEAL_REASON_LENGTH, max_length=2000)


class SealInput(WhyInput):
    people = VisibleRows(User.objects.filter(is_active=True), by="username", required=False)


class NameInput(Input):
    user = VisibleRow(User.objects.filter(is_active=True), by="username")


class VisiblePerson(VisibleRow):
    """A survivor or suspect of any case open to the caller: the id."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(person_tables()[0].objects.all(), **kwargs)

    def to_internal_value(self, data: object) -> object:
        pk = None
        for table in person_tables():
            self.queryset: Any = table.objects.all()
            with suppress(serializers.ValidationError):
                pk = super().to_internal_value(data).pk
        return pk or self.fail("invalid")
