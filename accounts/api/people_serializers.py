"""Accounts and notices: shapes of requests and answers."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import AccountChange, Invitation, Membership, Notice, Office, Status, User
from accounts.notices import WORDS


class HeldRoleSerializer(serializers.ModelSerializer[Membership]):
    office = serializers.SlugRelatedField[Office](slug_field="code", read_only=True)

    class Meta:
        model = Membership
        fields = ("id", "office", "role", "started_at")


class UserSerializer(serializers.ModelSerializer[User]):
    status = serializers.ChoiceField(choices=Status.choices, read_only=True)
    roles = HeldRoleSerializer(source="in_office", many=True, read_only=True)

    class Meta:
        model = User
        fields = ("id", "username", "name", "email", "status", "roles", "version")


class HeldSerializer(serializers.Serializer[Any]):
    """In one office: open cases, those with nobody else on them, open tasks, cases offered."""

    office = serializers.CharField(source="office.code")
    cases = serializers.IntegerField()
    alone = serializers.IntegerField()
    tasks = serializers.IntegerField()
    offers = serializers.IntegerField()


class HoldingsSerializer(serializers.Serializer[Any]):
    offices = HeldSerializer(many=True)


class InvitationSerializer(serializers.ModelSerializer[Invitation]):
    class Meta:
        model = Invitation
        fields = (
            "id",
            "user",
            "invited_by",
            "created_at",
            "expires_at",
            "used_at",
            "withdrawn_at",
            "version",
        )


class AccountChangeSerializer(serializers.ModelSerializer[AccountChange]):
    office: Any = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = AccountChange
        fields = (
            "id",
            "user",
            "kind",
            "office",
            "role",
            "reason",
            "asked_by",
            "asked_at",
            "decided_by",
            "decided_at",
            "outcome",
            "version",
        )


class NoticeSerializer(serializers.ModelSerializer[Notice]):
    words = serializers.SerializerMethodField()

    class Meta:
        model = Notice
        fields = (
            "id",
            "kind",
            "words",
            "target_type",
            "target_id",
            "created_at",
            "seen_at",
            "version",
        )

    @extend_schema_field(str)
    def get_words(self, row: Notice) -> str:
        return str(WORDS[row.kind])


class SeenSerializer(serializers.Serializer[Any]):
    """How many notices were put away."""

    seen = serializers.IntegerField()
