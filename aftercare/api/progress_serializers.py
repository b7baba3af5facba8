from __future__ import annotations

from typing import Any

from rest_framework import serializers


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
