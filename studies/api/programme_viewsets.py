from __future__ import annotations

from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from studies.api.programme_serializers import (
    EvaluationSerializer,
    FindingSerializer,
    ProgrammePlaceSerializer,
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


class ProgrammePlaceViewSet(ReadViewSet):
    """Since when, and until when, we work against what in which place."""

    listed = List(
        ProgrammePlace.objects.select_related("jurisdiction", "office"),
        "programme jurisdiction",
        orders={"oldest": "starts_on"},
    )
    serializer_class = ProgrammePlaceSerializer

    create = Verb(record_programme)
    partial_update = Verb(change_programme)


class TrainingViewSet(ReadViewSet):
    """Trainings of institutions: people, hours, mean scores before and after."""

    listed = List(
        Training.objects.select_related("agency", "office"),
        "agency held_on",
        orders={"newest": "-held_on"},
    )
    serializer_class = TrainingSerializer

    create = Verb(record_training, of="Scores are means of all who were there, out of 100.")
    partial_update = Verb(correct_training)


class EvaluationViewSet(ReadViewSet):
    """Evaluations of programmes."""

    listed = List(
        Evaluation.objects.select_related("jurisdiction", "office"),
        "programme jurisdiction",
        orders={"newest": "-last_year"},
    )
    serializer_class = EvaluationSerializer

    create = Verb(record_evaluation)
    partial_update = Verb(correct_evaluation)


class FindingViewSet(ReadViewSet):
    """What evaluations found: k of n, words, or both."""

    listed = List(Finding.objects.all(), "evaluation")
    serializer_class = FindingSerializer

    create = Verb(add_finding, of="`k` of `n`, the words (`quote`), or both.")
    partial_update = Verb(correct_finding)
