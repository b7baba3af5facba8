from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.api.serializers import RowSerializer, shown_as
from prosecutions.models import AssistanceRequest


class AssistanceRequestSerializer(RowSerializer[AssistanceRequest]):
    shows = (
        "id case direction kind jurisdiction abroad agency prosecution step incident asked_on "
        "reminders reminded_on answer answered_on version created_at updated_at"
    )

    jurisdiction = shown_as("code")
    abroad = serializers.SerializerMethodField()

    def get_abroad(self, row: Any) -> bool:
        """Read with the row; of one just changed, asked for."""
        if not hasattr(row, "abroad"):
            row = AssistanceRequest.objects.with_abroad().get(pk=row.pk)
        return bool(row.abroad)
