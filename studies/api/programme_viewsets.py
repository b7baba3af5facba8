from __future__ import annotations

from casework.enums import Programme
from core.api.filters import choice, code, day, identifier
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.pagination import Sort
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

    create = Verb(record_programme)
    partial_update = Verb(
        change_programme,
    )


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

    create = Verb(
        record_training,
        of="Scores are means of all who were there, out of 100.",
    )
    partial_update = Verb(
        correct_training,
    )


class EvaluationViewSet(ReadViewSet):
    """Evaluations of programmes."""

    queryset = Evaluation.objects.select_related("jurisdiction", "office")
    serializer_class = EvaluationSerializer
    sorts = {"newest": Sort(("last_year", "id"), descending=True)}
    filters = OF_PLACE

    create = Verb(record_evaluation)
    partial_update = Verb(correct_evaluation)


class FindingViewSet(ReadViewSet):
    """What evaluations found: k of n, words, or both."""

    queryset = Finding.objects.all()
    serializer_class = FindingSerializer
    filters = {"evaluation": identifier("evaluation")}

    create = Verb(
        add_finding,
        of="`k` of `n`, the words (`quote`), or both.",
    )
    partial_update = Verb(correct_finding)
