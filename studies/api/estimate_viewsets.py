from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api.filters import choice, either, identifier
from core.api.serializers import Nothing
from core.api.viewsets import ReadViewSet
from studies.api.estimate_serializers import (
    ESTIMATES,
    CorrectEstimateInput,
    EnterEstimateInput,
    EstimateSerializer,
    PairEstimatesInput,
    PairSerializer,
)
from studies.enums import Basis
from studies.models import Pair
from studies.services.estimates import (
    correct_estimate,
    enter_estimate,
    pair_estimates,
    part_estimates,
    publish_estimate,
)

OF_STRATUM = ("stratum__study", "stratum__jurisdiction")


class EstimateViewSet(ReadViewSet):
    """Shares of minors: from our visits, or as they were published elsewhere."""

    queryset = ESTIMATES
    serializer_class = EstimateSerializer
    filters = {
        "stratum": identifier("stratum"),
        "study": identifier("stratum__study"),
        "basis": choice("basis", Basis),
        "published": either({"published_on__isnull": False}, {"published_on__isnull": True}),
    }
    services = {
        "create": enter_estimate,
        "partial_update": correct_estimate,
        "publish": publish_estimate,
    }
    inputs = {
        "create": EnterEstimateInput,
        "partial_update": CorrectEstimateInput,
        "publish": Nothing,
    }
    versioned = frozenset({"partial_update", "publish"})

    @extend_schema(request=EnterEstimateInput, responses={201: EstimateSerializer})
    def create(self, request: Any) -> Response:
        """Enter an estimate as it was published, with its method and source."""
        data = self.validated()
        stratum = data.pop("stratum")
        return self.once(
            lambda: EstimateSerializer(enter_estimate(stratum, actor=request.user, **data)).data
        )

    @extend_schema(request=CorrectEstimateInput, responses=EstimateSerializer)
    def partial_update(self, request: Any, pk: Any) -> Response:
        """Correct an entered estimate that is not published."""
        return self.change_with(correct_estimate)

    @extend_schema(request=Nothing, responses=EstimateSerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: Any, pk: Any) -> Response:
        """Let it stand in figures. A share without n cannot."""
        return self.change_with(publish_estimate)


class PairViewSet(ReadViewSet):
    """Baselines and endlines that can be compared, with what became less."""

    queryset = Pair.objects.select_related(
        *(f"{side}__{path}" for side in ("baseline", "endline") for path in OF_STRATUM)
    )
    serializer_class = PairSerializer
    filters = {"baseline": identifier("baseline"), "endline": identifier("endline")}
    services = {"create": pair_estimates, "part": part_estimates}
    inputs = {"create": PairEstimatesInput, "part": Nothing}

    @extend_schema(request=PairEstimatesInput, responses={201: PairSerializer})
    def create(self, request: Any) -> Response:
        """Set an endline beside a baseline. Refused with the reasons if they do not compare."""
        data = self.validated()
        baseline = data.pop("baseline")
        return self.once(
            lambda: PairSerializer(pair_estimates(baseline, actor=request.user, **data)).data
        )

    @extend_schema(request=Nothing, responses=EstimateSerializer)
    @action(detail=True, methods=["post"])
    def part(self, request: Any, pk: Any) -> Response:
        """Take a pair apart that was made by mistake. Answers the baseline."""
        self.validated()

        def run() -> Any:
            # Found in here: sent again, the first answer comes, although the pair is gone.
            return EstimateSerializer(part_estimates(self.get_object(), actor=request.user)).data

        return self.once(run, 200)
