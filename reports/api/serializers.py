from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.serializers import Input, Labelled, RowSerializer, Text
from core.models import Job, JobState
from reports.base import REPORTS
from reports.models import Snapshot
from reports.present import rows_for

OPTIONAL: dict[str, Any] = {
    "required": False,
    "allow_null": True,
    "allow_blank": True,
    "max_length": 40,
}


class ReportSerializer(serializers.Serializer[Any]):
    """What a report is."""

    slug = serializers.CharField()
    version = serializers.IntegerField()
    title = serializers.CharField()
    definition = serializers.CharField()
    unit = serializers.CharField()
    columns = serializers.ListField(child=serializers.CharField())
    by_place = serializers.BooleanField()
    takes = serializers.ListField(child=serializers.CharField())


MANY = 10


class Codes(serializers.ListField):
    """Several codes: a list, or one text with commas between them."""

    child = Text(max_length=40)

    def to_internal_value(self, data: Any) -> list[str]:
        return super().to_internal_value(data.split(",") if isinstance(data, str) else data)


class ParamsInput(Input):
    """Shape only: `reports.params` says which dates, places and codes there are."""

    as_of = Text(**OPTIONAL)
    jurisdiction = Text(**OPTIONAL)
    programme = Text(**OPTIONAL)
    measure = Text(**OPTIONAL)
    basis = Text(**OPTIONAL)
    instance = Text(**OPTIONAL)
    year = Text(**OPTIONAL)
    audience = Text(**OPTIONAL)
    attribution = Codes(required=False, allow_null=True, max_length=MANY)

    def get_fields(self) -> dict[str, Any]:
        words = {"from": Text(**OPTIONAL), "to": Text(**OPTIONAL)}  # `from` is a word of Python
        return words | super().get_fields()


class RunInput(Input):
    report = Labelled([(slug, str(report.title)) for slug, report in sorted(REPORTS.items())])
    params = ParamsInput(required=False)


class DocumentSerializer(serializers.Serializer[Any]):
    report = serializers.CharField()
    version = serializers.IntegerField()
    as_of = serializers.DateField()
    definition = serializers.CharField()
    params = serializers.DictField()
    rows = serializers.ListField(child=serializers.DictField(), required=False)
    figures = serializers.ListField(child=serializers.DictField(), required=False)


class RunSerializer(RowSerializer[Job]):
    """A run of a report: its state, how far it is, and its result once it is done."""

    shows = "id report params state done total failure created_at finished_at result"

    report = serializers.CharField(source="parameters.report", read_only=True)
    params = serializers.DictField(source="parameters.params", read_only=True)
    state = serializers.ChoiceField(choices=JobState.choices, read_only=True)
    result = serializers.SerializerMethodField()

    @extend_schema_field(DocumentSerializer(allow_null=True))
    def get_result(self, run: Job) -> dict[str, object] | None:
        result: dict[str, Any] | None = self.context.get("result")
        return result


class ListedSnapshotSerializer(RowSerializer[Snapshot]):
    shows = "id report report_version params as_of digest created_at version"


class SnapshotSerializer(ListedSnapshotSerializer):
    shows = f"{ListedSnapshotSerializer.shows} rows"

    rows = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_rows(self, snapshot: Snapshot) -> list[dict[str, object]]:
        return rows_for(snapshot, self.context["reader"])


class RecordSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    reference = serializers.CharField()
    case = serializers.CharField()


class RecordBehindSerializer(RecordSerializer):
    record = serializers.UUIDField(help_text="The survivor in this case, the suspect, the hearing…")
    day = serializers.DateField(
        allow_null=True, help_text="Of a hearing, or of what breaks a rule."
    )


class BehindSerializer(serializers.Serializer[Any]):
    """The records behind a figure; behind one of contradictions those that break the rule now."""

    total = serializers.IntegerField(allow_null=True)
    results = RecordBehindSerializer(many=True)


class ChangedFigureSerializer(serializers.Serializer[Any]):
    """A figure that differs. Null: hidden from the caller, or no records are kept of it."""

    cell = serializers.CharField()
    column = serializers.CharField()
    before: Any = serializers.JSONField(allow_null=True)
    after: Any = serializers.JSONField(allow_null=True)
    came = serializers.IntegerField(allow_null=True)
    went = serializers.IntegerField(allow_null=True)
    came_records = RecordSerializer(many=True)
    went_records = RecordSerializer(many=True)


class DifferenceSerializer(serializers.Serializer[Any]):
    figures = ChangedFigureSerializer(many=True)

    def get_fields(self) -> dict[str, Any]:
        return {"with": serializers.UUIDField(source="with_")} | super().get_fields()
