from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from casework.models import Case
from core.api.serializers import Day, Input, Labelled, RowSerializer, Text, VisibleRow
from core.refusals import gettext as _
from prosecutions.enums import SuspectRole, SuspectStatus
from prosecutions.models import Alias, Arrest, Perpetrator, Suspect


class OtherNameSerializer(RowSerializer[Alias]):
    shows = "id name"


class PerpetratorSerializer(RowSerializer[Perpetrator]):
    """`merged_into`: the record that stands for the person, where it is open to the caller."""

    shows = "id kind name aliases sex nationality born_year merged_into version"

    aliases = OtherNameSerializer(many=True, read_only=True)
    merged_into = serializers.UUIDField(source="stands_for", read_only=True, allow_null=True)


class KnownAlready(serializers.ListField):
    """Perpetrators of a like name in the cases open to the caller."""

    child = serializers.UUIDField()


class Warnings(serializers.ListField):
    """What to look at again, in words: the name is that of a survivor of the case."""

    child = serializers.CharField()


class DescribedPerpetratorSerializer(PerpetratorSerializer):
    shows = f"{PerpetratorSerializer.shows} warnings"

    warnings: Any = Warnings(read_only=True)


class NamedPerpetratorSerializer(DescribedPerpetratorSerializer):
    shows = f"{PerpetratorSerializer.shows} known_already warnings"

    known_already: Any = KnownAlready(read_only=True)


class SuspectSerializer(RowSerializer[Suspect]):
    shows = "id case perpetrator code role status identified_on died_on version"

    status = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(SuspectStatus.choices))
    def get_status(self, suspect: Any) -> str:
        """Read with the row; of one made a moment ago, asked for."""
        if not hasattr(suspect, "status"):
            suspect = Suspect.objects.with_status().get(pk=suspect.pk)
        return str(suspect.status)


class AddedSuspectSerializer(SuspectSerializer):
    shows = f"{SuspectSerializer.shows} known_already warnings"

    known_already: Any = KnownAlready(read_only=True)
    warnings: Any = Warnings(read_only=True)


class ArrestSerializer(RowSerializer[Arrest]):
    """`presumed_until`: until when the person may be held without a court, as the law says while
    nobody has said what became of them; nothing of an arrest of a file, or told after that."""

    shows = (
        "id case suspect rescue arrested_on arrested_at presumed_until agency attribution version"
    )

    arrested_at = serializers.TimeField(format="%H:%M", allow_null=True)


class AddSuspectInput(Input):
    """A new person, by name if it is known, or the person of another suspect."""

    case = VisibleRow(Case.objects.all())
    role = Labelled(SuspectRole)
    name = Text(max_length=200, required=False, allow_blank=True)
    same_as = VisibleRow(Suspect.objects.select_related("perpetrator"), required=False)
    identified_on = Day(required=False)

    def validate(self, data: dict[str, object]) -> dict[str, object]:
        if data.get("name") and "same_as" in data:
            raise serializers.ValidationError(
                {
                    "name": [
                        _("Leave the name empty: this person already has one from another case.")
                    ]
                }
            )
        return data


class NameSuspectInput(Input):
    name = Text(max_length=200)
