from __future__ import annotations

from typing import TYPE_CHECKING

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api.serializers import Nothing
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from core.lists.filters import either, identifier
from studies.api.estimate_serializers import ESTIMATES, EstimateSerializer, PairSerializer
from studies.models import Pair
from studies.services.estimates import (
    correct_estimate,
    enter_estimate,
    pair_estimates,
    part_estimates,
    publish_estimate,
)

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn

OF_STRATUM = ("stratum__study", "stratum__jurisdiction")


class EstimateViewSet(ReadViewSet):
    """Shares of minors: from our visits, or as they were published elsewhere."""

    listed = List(
        ESTIMATES,
        "stratum",
        {"study": identifier("stratum__study")},
        "basis",
        {"published": either({"published_on__isnull": False}, {"published_on__isnull": True})},
    )
    serializer_class = EstimateSerializer

    create = Verb(enter_estimate, of="`k` of `n`, or the `share` (0 to 1) as published.")
    partial_update = Verb(correct_estimate)
    publish = Verb(publish_estimate, body=Nothing)


class PairViewSet(ReadViewSet):
    """Baselines and endlines that can be compared, with what became less."""

    listed = List(
        Pair.objects.select_related(
            *(f"{side}__{path}" for side in ("baseline", "endline") for path in OF_STRATUM)
        ),
        "baseline endline",
    )
    serializer_class = PairSerializer
    services = {"part": part_estimates}
    inputs = {"part": Nothing}

    create = Verb(pair_estimates)

    @extend_schema(request=Nothing, responses=EstimateSerializer)
    @action(detail=True, methods=["post"])
    def part(self, request: SignedIn, pk: str) -> Response:
        """Take a pair apart that was made by mistake. Answers the baseline."""
        self.validated()

        def run() -> dict[str, object]:
            # Found in here: sent again, the first answer comes, although the pair is gone.
            return EstimateSerializer(part_estimates(self.get_object(), actor=request.user)).data

        return self.once(run, 200)
