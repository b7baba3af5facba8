from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from casework.models import Case
from core.api.serializers import Input, Labelled, Text, VisibleRow
from prosecutions.enums import SuspectRole, SuspectStatus
from prosecutions.models import Arrest, Perpetrator, Suspect


class PerpetratorSerializer(serializers.ModelSerializer[Perpetrator]):
    class Meta:
        model = Perpetrator
        fields = ("id", "kind", "name", "merged_into", "version")


class SuspectSerializer(serializers.ModelSerializer[Suspect]):
    status = serializers.SerializerMethodField()

    class Meta:
        model = Suspect
        fields = ("id", "case", "perpetrator", "code", "role", "status", "version")

    @extend_schema_field(serializers.ChoiceField(SuspectStatus.choices))
    def get_status(self, suspect: Any) -> str:
        """Read with the row; of one made a moment ago, asked for."""
        if not hasattr(suspect, "status"):
            suspect = Suspect.objects.with_status().get(pk=suspect.pk)
        return str(suspect.status)


class ArrestSerializer(serializers.ModelSerializer[Arrest]):
    class Meta:
        model = Arrest
        fields = (
            "id",
            "case",
            "suspect",
            "rescue",
            "arrested_on",
            "agency",
            "attribution",
            "version",
        )


class AddSuspectInput(Input):
    """A new person, by name if it is known, or the person of another suspect."""

    case = VisibleRow(Case.objects.all())
    role = Labelled(SuspectRole)
    name = Text(max_length=200, required=False, allow_blank=True)
    same_as = VisibleRow(Suspect.objects.select_related("perpetrator"), required=False)

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        if data.get("name") and "same_as" in data:
            raise serializers.ValidationError(
                {"name": [_("Someone known from another case has a name there.")]}
            )
        return data


class NameSuspectInput(Input):
    name = Text(max_length=200)


class MergeInput(Input):
    other = VisibleRow(Perpetrator.objects.all())
