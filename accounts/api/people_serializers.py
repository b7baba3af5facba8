"""Accounts and notices: shapes of requests and answers."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import AccountChange, Invitation, Membership, Notice, Office, Status, User
from accounts.notices import WORDS
from core.api.serializers import RowSerializer


class HeldRoleSerializer(RowSerializer[Membership]):
    shows = "id office role started_at"

    office = serializers.SlugRelatedField[Office](slug_field="code", read_only=True)


class UserSerializer(RowSerializer[User]):
    shows = "id username name email status roles version"

    status = serializers.ChoiceField(choices=Status.choices, read_only=True)
    roles = HeldRoleSerializer(source="in_office", many=True, read_only=True)


class HeldSerializer(serializers.Serializer[Any]):
    """In one office: open cases, those with nobody else on them, open tasks, cases offered."""

    office = serializers.CharField(source="office.code")
    cases = serializers.IntegerField()
    alone = serializers.IntegerField()
    tasks = serializers.IntegerField()
    offers = serializers.IntegerField()


class HoldingsSerializer(serializers.Serializer[Any]):
    offices = HeldSerializer(many=True)


class InvitationSerializer(RowSerializer[Invitation]):
    shows = "id user invited_by created_at expires_at used_at withdrawn_at version"


class AccountChangeSerializer(RowSerializer[AccountChange]):
    shows = (
        "id user kind office role reason asked_by asked_at decided_by decided_at outcome version"
    )

    office: Any = serializers.SlugRelatedField(slug_field="code", read_only=True)


class NoticeSerializer(RowSerializer[Notice]):
    shows = "id kind words target_type target_id created_at seen_at version"

    words = serializers.SerializerMethodField()

    @extend_schema_field(str)
    def get_words(self, row: Notice) -> str:
        return str(WORDS[row.kind])


class SeenSerializer(serializers.Serializer[Any]):
    """How many notices were put away."""

    seen = serializers.IntegerField()
