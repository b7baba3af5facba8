from __future__ import annotations

from core.api.filters import choice, day, either, identifier
from core.api.verbs import Verb
from core.pagination import Sort
from prosecutions.api.corrections import Correctable, corrects
from prosecutions.api.striking import Strikable
from prosecutions.api.survivor_serializers import (
    AccusationSerializer,
    ParticipationSerializer,
    ProtectiveMeasureSerializer,
)
from prosecutions.columns import AccusationColumns, ProtectionColumns
from prosecutions.enums import (
    Accused,
    AccusedEnd,
    DeclineReason,
    Measure,
    MeasureAnswer,
    TakingPart,
)
from prosecutions.models import Accusation, Participation, ProtectiveMeasure
from prosecutions.services.survivors import (
    answer_protection,
    ask_protection,
    correct_participation,
    end_accusation,
    record_accusation,
    record_participation,
)

OF_A_SURVIVOR = {"case": identifier("case"), "involvement": identifier("involvement")}


class ParticipationViewSet(Strikable):
    """Steps of survivors before police and courts. The latest of a survivor says how it stands."""

    queryset = Participation.objects.select_related(
        "case__jurisdiction", "case__office", "travelled_from"
    )
    serializer_class = ParticipationSerializer
    sorts = {"latest": Sort(("happened_on", "created_at", "id"), descending=True)}
    filters = OF_A_SURVIVOR | {
        "prosecution": identifier("prosecution"),
        "kind": choice("kind", TakingPart),
        "declined_for": choice("declined_for", DeclineReason),
        "happened_from": day("happened_on__gte"),
        "happened_to": day("happened_on__lte"),
    }

    create = Verb(record_participation)
    correct = Verb(
        correct_participation,
        of="What is not named stays as it is; nothing, or an empty code, says that there was none.",
    )


class ProtectiveMeasureViewSet(Correctable, Strikable):
    """Protection asked of a court or the police for a survivor. An empty `answer` still waits."""

    queryset = ProtectiveMeasure.objects.select_related("case__jurisdiction", "case__office")
    serializer_class = ProtectiveMeasureSerializer
    sorts = {"latest": Sort(("asked_on", "id"), descending=True)}
    filters = OF_A_SURVIVOR | {
        "prosecution": identifier("prosecution"),
        "kind": choice("kind", Measure),
        "answer": choice("answer", MeasureAnswer),
        "unanswered": either({"answer": ""}, {"answer__gt": ""}),
    }

    create = Verb(ask_protection)
    partial_update = corrects(
        ProtectionColumns,
        "CorrectProtectionInput",
        of="`answer` and `answered_on` empty: it waits.",
    )
    answer = Verb(answer_protection)


class AccusationViewSet(Correctable, Strikable):
    """Survivors accused themselves. An empty `ended` means: warn everyone on the case."""

    queryset = Accusation.objects.select_related("case__jurisdiction", "case__office")
    serializer_class = AccusationSerializer
    sorts = {"latest": Sort(("accused_on", "id"), descending=True)}
    filters = OF_A_SURVIVOR | {
        "offence": choice("offence", Accused),
        "ended": choice("ended", AccusedEnd),
        "open": either({"ended": ""}, {"ended__gt": ""}),
    }

    create = Verb(record_accusation)
    partial_update = corrects(
        AccusationColumns,
        "CorrectAccusationInput",
        of="`ended` and `ended_on` empty: it has not ended.",
    )
    end = Verb(end_accusation)
