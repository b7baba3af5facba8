from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.api.serializers import RowSerializer
from core.models import AuditEvent, AuditKind
from desk.trail.deeds import deed, reason_of


class AuditEventSerializer(RowSerializer[AuditEvent]):
    """Who did what, when, to which record. Never what the record says.

    Of a sign-in that failed: `account`, whose it was to be, and `network`, from where it came.
    """

    shows = (
        "id at kind action words actor actor_name record record_id case reason request account "
        "network"
    )

    id = serializers.CharField()
    actor = serializers.UUIDField(source="actor_id", allow_null=True)
    actor_name = serializers.CharField(allow_null=True)
    words = serializers.SerializerMethodField()
    record = serializers.CharField(source="target_type")
    record_id = serializers.CharField(source="target_id")
    case = serializers.UUIDField(source="case_id", allow_null=True)
    reason = serializers.SerializerMethodField()
    request = serializers.UUIDField(source="request_id", allow_null=True)
    account = serializers.UUIDField(source="account_tried", allow_null=True)
    network = serializers.CharField(source="network_tried")

    def get_words(self, event: AuditEvent) -> str:
        return deed(event)

    def get_reason(self, event: AuditEvent) -> str:
        return reason_of(event)


class WhoSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    roles = serializers.CharField()


class UnusualFindingSerializer(serializers.Serializer[Any]):
    """`kind`: of the events that were counted.

    `person`: who did it, or whose account was tried. Null: nobody has an account of that name, or
    it is about a network.
    """

    person = serializers.UUIDField(allow_null=True)
    who = WhoSerializer(allow_null=True)
    words = serializers.CharField()
    kind = serializers.ChoiceField(AuditKind.choices)
    day = serializers.DateField()


class UnusualSerializer(serializers.Serializer[Any]):
    findings = UnusualFindingSerializer(many=True)


class HeadSerializer(serializers.Serializer[Any]):
    """`events`: how many there are up to it. `hash`: over all of them, in hexadecimal."""

    number = serializers.IntegerField()
    events = serializers.IntegerField()
    hash = serializers.CharField()


class NewestLinkSerializer(HeadSerializer):
    made_at = serializers.DateTimeField()


class AnchorSerializer(HeadSerializer):
    """`letters`: to how many officers it was mailed; `kept`: in how many places it was kept."""

    left_at = serializers.DateTimeField()
    letters = serializers.IntegerField()
    kept = serializers.IntegerField()


class ChainSerializer(serializers.Serializer[Any]):
    """`waits_since`: when the oldest event happened that no link holds yet.

    `leaves`: whether this installation sends the head anywhere.
    """

    link = NewestLinkSerializer(allow_null=True)
    waits_since = serializers.DateTimeField(allow_null=True)
    leaves = serializers.BooleanField()
    anchors = AnchorSerializer(many=True)
    alarms = serializers.ListField(child=serializers.CharField())
