from __future__ import annotations

from typing import Any

from core.api.serializers import RowSerializer, shown_as
from prosecutions.models import Accusation, Participation, Prosecution, ProtectiveMeasure
from victims.models import Involvement

SURVIVORS: Any = Involvement.objects.select_related(
    "case__jurisdiction", "case__office", "rescue", "victim"
)
PROCEEDINGS: Any = Prosecution.objects.select_related("jurisdiction")


class ParticipationSerializer(RowSerializer[Participation]):
    shows = (
        "id case involvement prosecution kind happened_on declined_for accompanied_by "
        "travelled_from version created_at updated_at"
    )

    travelled_from = shown_as("code")


class ProtectiveMeasureSerializer(RowSerializer[ProtectiveMeasure]):
    shows = (
        "id case involvement prosecution kind asked_on answer answered_on version created_at "
        "updated_at"
    )


class AccusationSerializer(RowSerializer[Accusation]):
    shows = "id case involvement offence accused_on ended ended_on version created_at updated_at"
