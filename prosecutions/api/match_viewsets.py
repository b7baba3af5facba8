from __future__ import annotations

from typing import Any

from core.alike.matching import LIKEST
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from prosecutions.api.perpetrator_serializers import OffenderMatchSerializer
from prosecutions.models import OffenderMatch
from prosecutions.services.matches import decide_offender_match, judge_offenders


class OffenderMatchViewSet(ReadViewSet):
    """Offenders whose names are alike, of whom the caller may see both; merged ones have gone."""

    listed = List(OffenderMatch.objects.all(), "status", orders={"likest": LIKEST})
    serializer_class = OffenderMatchSerializer

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        return rows.of_two_persons() if self.action == "list" else rows

    create = Verb(judge_offenders)
    partial_update = Verb(decide_offender_match)
