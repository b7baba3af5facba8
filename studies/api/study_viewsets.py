from __future__ import annotations

from typing import TYPE_CHECKING

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api.serializers import Nothing
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from studies.api.estimate_serializers import EstimateSerializer
from studies.api.study_serializers import (
    STRATA,
    ObservationSerializer,
    RecaptureSerializer,
    RecordVisitsInput,
    SampleSerializer,
    SampleSizeInput,
    SampleSizeSerializer,
    StratumSerializer,
    StudySerializer,
    VisitSerializer,
)
from studies.models import Observation, Recapture, Study, Visit
from studies.samples import sample_of
from studies.services.estimates import estimate_from_visits
from studies.services.studies import add_stratum, change_stratum, change_study, record_study
from studies.services.visits import (
    correct_observation,
    correct_recapture,
    correct_visit,
    record_observation,
    record_recapture,
    record_visit,
    record_visits,
)

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn

CORRECT = "Correct what is named."


class StudyViewSet(ReadViewSet):
    """Rounds of fieldwork that count how many of whom are held or sold somewhere."""

    listed = List(
        Study.objects.select_related("jurisdiction", "office"),
        "programme jurisdiction method phase",
        orders={"newest": "-fieldwork_from"},
    )
    serializer_class = StudySerializer

    create = Verb(record_study)
    partial_update = Verb(change_study)

    @extend_schema(parameters=[SampleSizeInput], responses=SampleSizeSerializer)
    @action(detail=False, methods=["get"], url_path="sample-size")
    def sample_size(self, request: SignedIn) -> Response:
        """How many people to count in each of two rounds. Nothing is kept."""
        asked = SampleSizeInput(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        return Response({"people": asked.size()})


class StratumViewSet(ReadViewSet):
    """The parts of studies that are counted by themselves."""

    listed = List(STRATA, "study kind jurisdiction")
    serializer_class = StratumSerializer
    services = {"visits": record_visits, "estimate": estimate_from_visits}
    inputs = {"visits": RecordVisitsInput, "estimate": Nothing}

    create = Verb(add_stratum)
    partial_update = Verb(change_stratum)

    @extend_schema(responses=SampleSerializer)
    @action(detail=True, methods=["get"])
    def sample(self, request: SignedIn, pk: str) -> Response:
        """What its visits say now: the share, its error, the design effect, the interval."""
        self.takes_nothing()
        return Response(SampleSerializer(sample_of(self.get_object())).data)

    # Answers several rows.
    @extend_schema(request=RecordVisitsInput, responses={201: VisitSerializer(many=True)})
    @action(detail=True, methods=["post"])
    def visits(self, request: SignedIn, pk: str) -> Response:
        """Record up to 2,000 visits, all or none."""
        stratum, data = self.get_object(), self.validated()

        def run() -> dict[str, object]:
            made = record_visits(stratum, actor=request.user, **data)
            return VisitSerializer(made, many=True).data

        return self.once(run)

    # Makes and answers a row of another table.
    @extend_schema(request=Nothing, responses={201: EstimateSerializer})
    @action(detail=True, methods=["post"])
    def estimate(self, request: SignedIn, pk: str) -> Response:
        """Keep the share that the visits give now as an estimate."""
        stratum = self.get_object()
        self.validated()
        return self.once(
            lambda: EstimateSerializer(estimate_from_visits(stratum, actor=request.user)).data
        )


class VisitViewSet(ReadViewSet):
    """What was counted at one venue on one day. Venues are codes; no address is kept."""

    listed = List(Visit.objects.all(), "stratum visited_on", orders={"newest": "-visited_on"})
    serializer_class = VisitSerializer

    create = Verb(
        record_visit, of="One venue on one day: people counted, and the minors among them."
    )
    partial_update = Verb(correct_visit)


class ObservationViewSet(ReadViewSet):
    """What single observers counted at a visit, before they agreed."""

    listed = List(Observation.objects.all(), "visit")
    serializer_class = ObservationSerializer

    create = Verb(record_observation)
    partial_update = Verb(correct_observation)


class RecaptureViewSet(ReadViewSet):
    """Two rounds of a stratum, and how many people follow from them."""

    listed = List(
        Recapture.objects.select_related("stratum__study"),
        "stratum",
        orders={"newest": "-first_on"},
    )
    serializer_class = RecaptureSerializer

    create = Verb(record_recapture)
    partial_update = Verb(correct_recapture)
