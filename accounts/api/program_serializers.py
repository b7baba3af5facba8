"""Programs and keys: shapes of requests and answers."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.columns import MOST_OVERLAP_DAYS
from accounts.key_scopes import KeyScope
from accounts.models import ApiKey, ServiceAccount
from accounts.services.keys import MOST_DAYS, MOST_NETWORKS, OVERLAP_DAYS
from core.api.serializers import Input, Labelled, RowSerializer, Text, WholeNumber


class ServiceAccountSerializer(RowSerializer[ServiceAccount]):
    shows = "id user username name purpose owner run_by version"

    username = serializers.CharField(source="user.username", read_only=True)
    name = serializers.CharField(source="user.name", read_only=True)


class ApiKeySerializer(RowSerializer[ApiKey]):
    shows = (
        "id user prefix scopes networks issued_by replaces created_at expires_at revoked_at "
        "last_used_at version"
    )


class IssuedSerializer(serializers.Serializer[Any]):
    """A new key. `text` is given this once."""

    key = ApiKeySerializer(source="row")
    text = serializers.CharField()


class IssueKeyInput(Input):
    scopes = serializers.ListField(
        child=Labelled(KeyScope), allow_empty=False, max_length=len(KeyScope)
    )
    networks = serializers.ListField(
        child=Text(max_length=43), max_length=MOST_NETWORKS, required=False
    )
    days = WholeNumber(min_value=1, max_value=MOST_DAYS, required=False)


class RotateKeyInput(Input):
    overlap_days = WholeNumber(min_value=0, max_value=MOST_OVERLAP_DAYS, default=OVERLAP_DAYS)
