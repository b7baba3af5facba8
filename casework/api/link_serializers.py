from __future__ import annotations

from typing import Any

from rest_framework import serializers

from casework.enums import CaseStatus
from casework.models import Case, CaseLink
from core.api.serializers import RowSerializer

CASES: Any = Case.objects.select_related("jurisdiction", "office")


class CaseLinkSerializer(RowSerializer[CaseLink]):
    shows = "id case other other_reference other_status kind ended_at version created_at updated_at"

    other_reference: Any = serializers.CharField(source="other.reference", read_only=True)
    other_status: Any = serializers.ChoiceField(
        choices=CaseStatus.choices, source="other.status", read_only=True
    )
