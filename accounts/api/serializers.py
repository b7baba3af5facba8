from __future__ import annotations

from typing import Any

from django.conf import settings
from rest_framework import serializers

from accounts.models import LanguageReading, ListName, Office, SavedView
from core.api.serializers import Input, Labelled, RowSerializer, shown_as
from core.refusals import gettext as _


class OfficeSerializer(RowSerializer[Office]):
    shows = (
        "id code name prefix is_global is_practice jurisdiction language currency opened_on "
        "closed_on emptied_at version"
    )

    jurisdiction = shown_as("code")


class LanguageReadingSerializer(RowSerializer[LanguageReading]):
    shows = "id language edition read_by created_at taken_back_at updated_at version"

    read_by = shown_as("username")


class SavedViewSerializer(RowSerializer[SavedView]):
    shows = "id listed name query columns office owner created_at updated_at version"

    name = serializers.CharField()
    office = shown_as("code")
    owner = shown_as("username")


class ColumnsInput(Input):
    listed = Labelled(choices=ListName.choices)
    columns = serializers.ListField(child=serializers.CharField(max_length=20), max_length=20)


class RoleSerializer(serializers.Serializer[Any]):
    office = serializers.CharField()
    role = serializers.CharField()


class OwnOfficeInput(Input):
    """One of the caller's own offices, by its code."""

    office = serializers.SlugRelatedField[Office](slug_field="code", queryset=Office.objects.all())

    def validate_office(self, office: Office) -> Office:
        if office.pk not in self.context["reader"].zones:
            raise serializers.ValidationError(
                _("Choose one of your own offices. The global office uses UTC.")
            )
        return office


class OwnLanguageInput(Input):
    language = Labelled(choices=settings.LANGUAGES)


class MeSerializer(serializers.Serializer[Any]):
    """`office`: by whose clock it is `today` for the caller; none: by UTC, as for every key.
    `language`: of pages and letters; empty: that of the browser."""

    id = serializers.UUIDField()
    username = serializers.CharField()
    name = serializers.CharField()
    roles = RoleSerializer(many=True)
    permissions = serializers.ListField(child=serializers.CharField())
    office = serializers.CharField(allow_null=True)
    language = serializers.CharField(allow_blank=True)
    time_zone = serializers.CharField()
    today = serializers.DateField()
