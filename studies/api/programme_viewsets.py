from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from casework.enums import Programme
from core.api.filters import choice, code, day, identifier
from core.api.viewsets import ReadViewSet
from core.pagination import Sort
from studies.api.programme_serializers import (
    AddFindingInput,
    ChangeProgrammeInput,
    CorrectEvaluationInput,
    CorrectFindingInput,
    CorrectTrainingInput,
    EvaluationSerializer,
    FindingSerializer,
    ProgrammePlaceSerializer,
    RecordEvaluationInput,
    RecordProgrammeInput,
    RecordTrainingInput,
    TrainingSerializer,
)
from studies.models import Evaluation, Finding, ProgrammePlace, Training
from studies.services.programmes import (
    add_finding,
    change_programme,
    correct_evaluation,
    correct_finding,
    correct_training,
    record_evaluation,
    record_programme,
    record_training,
)

OF_PLACE = {
    "programme": choice("programme", Programme),
    "jurisdiction": code("jurisdiction__code"),
}


class ProgrammePlaceViewSet(ReadViewSet):
    """Since when, and until when, we work against what in which place."""

    queryset = ProgrammePlace.objects.select_related("jurisdiction", "office")
    serializer_class = ProgrammePlaceSerializer
    sorts = {"oldest": Sort(("starts_on", "id"))}
    filters = OF_PLACE
    services = {"create": record_programme, "partial_update": change_programme}
    inputs = {"create": RecordProgrammeInput, "partial_update": ChangeProgrammeInput}

    @extend_schema(request=RecordProgrammeInput, responses={201: ProgrammePlaceSerializer})
    def create(self, request: Any) -> Response:
        """Record since when we work somewhere."""
        return self.create_with(record_programme)

    @extend_schema(request=ChangeProgrammeInput, responses=ProgrammePlaceSerializer)
    def partial_update(self, request: Any, pk: Any) -> Response:
        """Correct it, or say when it ended."""
        return self.change_with(change_programme)


class TrainingViewSet(ReadViewSet):
    """Trainings of institutions: people, hours, mean scores before and after."""

    queryset = Training.objects.select_related("agency", "office")
    serializer_class = TrainingSerializer
    sorts = {"newest": Sort(("held_on", "id"), descending=True)}
    filters = {
        "agency": identifier("agency"),
        "held_from": day("held_on__gte"),
        "held_to": day("held_on__lte"),
    }
    services = {"create": record_training, "partial_update": correct_training}
    inputs = {"create": RecordTrainingInput, "partial_update": CorrectTrainingInput}

    @extend_schema(request=RecordTrainingInput, responses={201: TrainingSerializer})
    def create(self, request: Any) -> Response:
        """Record a training."""
        return self.create_with(record_training)

    @extend_schema(request=CorrectTrainingInput, responses=TrainingSerializer)
    def partial_update(self, request: Any, pk: Any) -> Response:
        """Correct it, or add its scores."""
        return self.change_with(correct_training)


class EvaluationViewSet(ReadViewSet):
    """Evaluations of programmes."""

    queryset = Evaluation.objects.select_related("jurisdiction", "office")
    serializer_class = EvaluationSerializer
    sorts = {"newest": Sort(("last_year", "id"), descending=True)}
    filters = OF_PLACE
    services = {"create": record_evaluation, "partial_update": correct_evaluation}
    inputs = {"create": RecordEvaluationInput, "partial_update": CorrectEvaluationInput}

    @extend_schema(request=RecordEvaluationInput, responses={201: EvaluationSerializer})
    def create(self, request: Any) -> Response:
        """Record an evaluation."""
        return self.create_with(record_evaluation)

    @extend_schema(request=CorrectEvaluationInput, responses=EvaluationSerializer)
    def partial_update(self, request: Any, pk: Any) -> Response:
        """Correct what is named."""
        return self.change_with(correct_evaluation)


class FindingViewSet(ReadViewSet):
    """What evaluations found: k of n, words, or both."""

    queryset = Finding.objects.all()
    serializer_class = FindingSerializer
    filters = {"evaluation": identifier("evaluation")}
    services = {"create": add_finding, "partial_update": correct_finding}
    inputs = {"create": AddFindingInput, "partial_update": CorrectFindingInput}

    @extend_schema(request=AddFindingInput, responses={201: FindingSerializer})
    def create(self, request: Any) -> Response:
        """Add a finding to an evaluation."""
        data = self.validated()
        evaluation = data.pop("evaluation")
        return self.once(
            lambda: FindingSerializer(add_finding(evaluation, actor=request.user, **data)).data
        )

    @extend_schema(request=CorrectFindingInput, responses=FindingSerializer)
    def partial_update(self, request: Any, pk: Any) -> Response:
        """Correct what was copied wrongly."""
        return self.change_with(correct_finding)
