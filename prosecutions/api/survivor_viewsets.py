from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api.filters import choice, day, either, identifier
from core.pagination import Sort
from prosecutions.api.corrections import (
    Correctable,
    CorrectAccusationInput,
    CorrectProtectionInput,
    correctable,
)
from prosecutions.api.striking import Strikable, StrikeInput
from prosecutions.api.survivor_serializers import (
    AccusationSerializer,
    AnswerProtectionInput,
    AskProtectionInput,
    CorrectParticipationInput,
    EndAccusationInput,
    ParticipationSerializer,
    ProtectiveMeasureSerializer,
    RecordAccusationInput,
    RecordParticipationInput,
)
from prosecutions.enums import (
    Accused,
    AccusedEnd,
    DeclineReason,
    Measure,
    MeasureAnswer,
    TakingPart,
)
from prosecutions.models import Accusation, Participation, ProtectiveMeasure
from prosecutions.services.corrections import correct_record
from prosecutions.services.striking import strike
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
    services = {
        "create": record_participation,
        "correct": correct_participation,
        "strike": strike,
    }
    inputs = {
        "create": RecordParticipationInput,
        "correct": CorrectParticipationInput,
        "strike": StrikeInput,
    }
    versioned = Strikable.versioned | {"correct"}

    @extend_schema(request=RecordParticipationInput, responses={201: ParticipationSerializer})
    def create(self, request: Any) -> Response:
        """Record a step of a survivor."""
        return self.create_with(record_participation)

    @extend_schema(request=CorrectParticipationInput, responses=ParticipationSerializer)
    @action(detail=True, methods=["post"])
    def correct(self, request: Any, pk: Any) -> Response:
        """Put a step right; what is not named stays."""
        return self.change_with(correct_participation)


@correctable(CorrectProtectionInput, ProtectiveMeasureSerializer)
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
    services = {
        "create": ask_protection,
        "partial_update": correct_record,
        "answer": answer_protection,
        "strike": strike,
    }
    inputs = {
        "create": AskProtectionInput,
        "partial_update": CorrectProtectionInput,
        "answer": AnswerProtectionInput,
        "strike": StrikeInput,
    }
    versioned = Strikable.versioned | {"answer"}

    @extend_schema(request=AskProtectionInput, responses={201: ProtectiveMeasureSerializer})
    def create(self, request: Any) -> Response:
        """Record that protection was asked for."""
        return self.create_with(ask_protection)

    @extend_schema(request=AnswerProtectionInput, responses=ProtectiveMeasureSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Any, pk: Any) -> Response:
        """Record whether it was granted, or put the answer right."""
        return self.change_with(answer_protection)


@correctable(CorrectAccusationInput, AccusationSerializer)
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
    services = {
        "create": record_accusation,
        "partial_update": correct_record,
        "end": end_accusation,
        "strike": strike,
    }
    inputs = {
        "create": RecordAccusationInput,
        "partial_update": CorrectAccusationInput,
        "end": EndAccusationInput,
        "strike": StrikeInput,
    }
    versioned = Strikable.versioned | {"end"}

    @extend_schema(request=RecordAccusationInput, responses={201: AccusationSerializer})
    def create(self, request: Any) -> Response:
        """Record that a survivor is accused."""
        return self.create_with(record_accusation)

    @extend_schema(request=EndAccusationInput, responses=AccusationSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Any, pk: Any) -> Response:
        """Record how it ended."""
        return self.change_with(end_accusation)
