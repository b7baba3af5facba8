from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.models import Office


class OfficeSerializer(serializers.ModelSerializer[Office]):
    class Meta:
        model = Office
        fields = ("id", "code", "name", "prefix", "is_global")


class RoleSerializer(serializers.Serializer[Any]):
    office = serializers.CharField()
    role = serializers.CharField()


class MeSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    username = serializers.CharField()
    name = serializers.CharField()
    roles = RoleSerializer(many=True)
    permissions = serializers.ListField(child=serializers.CharField())
