from __future__ import annotations

from core.api.verbs import Verb
from core.lists.declared import List
from core.lists.filters import either
from prosecutions.api.survivor_serializers import (
    AccusationSerializer,
    ParticipationSerializer,
    ProtectiveMeasureSerializer,
)
from prosecutions.columns import AccusationColumns, ProtectionColumns
from prosecutions.corrections.api import Correctable, Strikable, corrects
from prosecutions.models import Accusation, Participation, ProtectiveMeasure
from prosecutions.services.survivors import (
    answer_protection,
    ask_protection,
    correct_participation,
    end_accusation,
    record_accusation,
    record_participation,
)


class ParticipationViewSet(Strikable):
    """Steps of survivors before police and courts. The latest of a survivor says how it stands."""

    listed = List(
        Participation.objects.select_related(
            "case__jurisdiction", "case__office", "travelled_from"
        ),
        "case involvement prosecution kind declined_for happened_on",
        orders={"latest": "-happened_on created_at"},
    )
    serializer_class = ParticipationSerializer

    create = Verb(record_participation)
    correct = Verb(
        correct_participation,
        of="What is not named stays as it is; nothing, or an empty code, says that there was none.",
    )


class ProtectiveMeasureViewSet(Correctable, Strikable):
    """Protection asked of a court or the police for a survivor. An empty `answer` still waits."""

    listed = List(
        ProtectiveMeasure.objects.select_related("case__jurisdiction", "case__office"),
        "case involvement prosecution kind answer",
        {"unanswered": either({"answer": ""}, {"answer__gt": ""})},
        orders={"latest": "-asked_on"},
    )
    serializer_class = ProtectiveMeasureSerializer

    create = Verb(ask_protection)
    partial_update = corrects(
        ProtectionColumns,
        "CorrectProtectionInput",
        of="`answer` and `answered_on` empty: it waits.",
    )
    answer = Verb(answer_protection)


class AccusationViewSet(Correctable, Strikable):
    """Survivors accused themselves. An empty `ended` means: warn everyone on the case."""

    listed = List(
        Accusation.objects.select_related("case__jurisdiction", "case__office"),
        "case involvement offence ended",
        {"open": either({"ended": ""}, {"ended__gt": ""})},
        orders={"latest": "-accused_on"},
    )
    serializer_class = AccusationSerializer

    create = Verb(record_accusation)
    partial_update = corrects(
        AccusationColumns,
        "CorrectAccusationInput",
        of="`ended` and `ended_on` empty: it has not ended.",
    )
    end = Verb(end_accusation)
