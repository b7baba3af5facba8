from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.api.filters import choice
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.matching import LIKEST, MatchStatus
from prosecutions.api.perpetrator_serializers import JudgeOffendersInput, OffenderMatchSerializer
from prosecutions.models import OffenderMatch
from prosecutions.services.matches import decide_offender_match, judge_offenders


class OffenderMatchViewSet(ReadViewSet):
    """Offenders whose names are alike, of whom the caller may see both; merged ones have gone."""

    queryset = OffenderMatch.objects.all()
    serializer_class = OffenderMatchSerializer
    sorts = {"likest": LIKEST}
    filters = {"status": choice("status", MatchStatus)}
    services = {"create": judge_offenders}
    inputs = {"create": JudgeOffendersInput}

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        return rows.of_two_persons() if self.action == "list" else rows

    @extend_schema(request=JudgeOffendersInput, responses={201: OffenderMatchSerializer})
    def create(self, request: Any) -> Response:
        """Say of two records whether they are one person. It is remembered."""
        data = self.validated()
        person = data.pop("perpetrator")

        def run() -> Any:
            match = judge_offenders(person, actor=request.user, **data)
            return OffenderMatchSerializer(match).data

        return self.once(run)

    partial_update = Verb(decide_offender_match)
