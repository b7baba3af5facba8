from __future__ import annotations

from typing import Any

from rest_framework import serializers

from aftercare.instruments import NotAnInstrument, checked
from aftercare.models import Instrument
from core.api.serializers import Input, Text


class InstrumentSerializer(serializers.ModelSerializer[Instrument]):
    domains = serializers.ListField(child=serializers.DictField(), read_only=True)
    restored = serializers.DictField(read_only=True)

    class Meta:
        model = Instrument
        fields = (
            *("id", "code", "edition", "name", "licence", "domains", "restored"),
            *("is_offered", "version"),
        )


class InstrumentField(serializers.DictField):
    """A whole instrument, as its file says it."""

    def to_internal_value(self, data: Any) -> Any:
        try:
            return checked(data)
        except NotAnInstrument as exc:
            raise serializers.ValidationError(str(exc)) from None


class PreviewInstrumentInput(Input):
    instrument = InstrumentField()


class ImportInstrumentInput(PreviewInstrumentInput):
    """`digest`: from the preview, so that what is added is what was looked at."""

    digest = Text(max_length=64)


class DomainProgressSerializer(serializers.Serializer[Any]):
    """The scores of one domain, day by day; `change`: last minus first, where both are scored."""

    code = serializers.CharField()
    label: Any = serializers.CharField()
    means = serializers.ListField(child=serializers.FloatField(allow_null=True))
    change = serializers.FloatField(allow_null=True)


class ProgressSerializer(serializers.Serializer[Any]):
    """Completed assessments by the latest instrument, the first first; `others`: by another one."""

    instrument = serializers.CharField(allow_blank=True)
    days = serializers.ListField(child=serializers.DateField())
    domains = DomainProgressSerializer(many=True)
    restored = serializers.BooleanField(allow_null=True)
    others = serializers.IntegerField()


NO_PROGRESS: dict[str, Any] = {
    "instrument": "",
    "days": [],
    "domains": [],
    "restored": None,
    "others": 0,
}


class InstrumentPreviewSerializer(serializers.Serializer[Any]):
    instrument = serializers.DictField()
    items = serializers.IntegerField()
    replaces = serializers.ListField(child=serializers.IntegerField())
    digest = serializers.CharField()
