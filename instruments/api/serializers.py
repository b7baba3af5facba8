from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.api.serializers import Input, RowSerializer
from instruments.checking import NotAnInstrument, checked
from instruments.models import Instrument


class InstrumentSerializer(RowSerializer[Instrument]):
    shows = "id code edition name licence domains restored is_offered version"

    domains = serializers.ListField(child=serializers.DictField(), read_only=True)
    restored = serializers.DictField(read_only=True)


class InstrumentField(serializers.DictField):
    """A whole instrument, as its file says it."""

    def to_internal_value(self, data: object) -> dict[str, object]:
        try:
            return checked(data)
        except NotAnInstrument as exc:
            raise serializers.ValidationError(str(exc)) from None


class PreviewInstrumentInput(Input):
    instrument = InstrumentField()


class InstrumentPreviewSerializer(serializers.Serializer[Any]):
    instrument = serializers.DictField()
    items = serializers.IntegerField()
    replaces = serializers.ListField(child=serializers.IntegerField())
    digest = serializers.CharField()
