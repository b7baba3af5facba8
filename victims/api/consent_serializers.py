"""Consents, who was told on their strength, and who hears of a withdrawal."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework import serializers

from core.api.serializers import RowSerializer, Text
from core.refusals import gettext as _
from victims.models import Consent, Involvement, Share, Withdrawal

PERSONS: Any = Involvement.objects.select_related("case__jurisdiction", "case__office", "victim")


class Language(serializers.RegexField):
    """A language as BCP 47 writes it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35, **kwargs)


class RecipientId(Text):
    """Of a provider, an agency or a prosecutor; which may be chosen, the verb says."""

    def to_internal_value(self, data: object) -> Any:
        try:
            return UUID(super().to_internal_value(data))
        except ValueError:
            raise serializers.ValidationError(_("This is not an id.")) from None


class ConsentSerializer(RowSerializer[Consent]):
    """One version; `replaced_at` says that a newer one stands in its place."""

    shows = (
        "id case involvement purpose recipient_kind recipient_id number given_by relation "
        "given_on language expires_on withdrawn_on replaced_at version created_at updated_at"
    )


class ShareSerializer(RowSerializer[Share]):
    """`told_on`: where one of us told somebody and wrote it down later."""

    shows = (
        "id case involvement consent recipient_kind recipient_id told_on version created_at "
        "updated_at"
    )


class WithdrawalSerializer(RowSerializer[Withdrawal]):
    shows = (
        "id case involvement consent recipient_kind recipient_id told_on version created_at "
        "updated_at"
    )
