from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api.filters import choice, day, identifier
from core.pagination import Sort
from prosecutions.api.corrections import CorrectListingInput, TakeBackInput, TakeOffInput
from prosecutions.api.hearing_serializers import (
    CorrectResultInput,
    HearingSerializer,
    ListHearingInput,
    MoveHearingInput,
    RecordHearingInput,
)
from prosecutions.api.striking import Strikable, StrikeInput
from prosecutions.enums import HearingPurpose, HearingResult
from prosecutions.models import Hearing
from prosecutions.services.corrections import correct_record, take_off_list
from prosecutions.services.hearing_corrections import take_back_result
from prosecutions.services.hearings import (
    correct_result,
    list_hearing,
    move_hearing,
    record_hearing,
)
from prosecutions.services.striking import strike


class HearingViewSet(Strikable):
    """Hearings: listed, held or adjourned. An empty `result` is one still to come, or overdue."""

    queryset = Hearing.objects.select_related(
        "case__jurisdiction", "case__office", "prosecution__jurisdiction"
    )
    serializer_class = HearingSerializer
    sorts = {
        "latest": Sort(("listed_on", "id"), descending=True),
        "earliest": Sort(("listed_on", "id")),
    }
    filters = {
        "case": identifier("case"),
        "prosecution": identifier("prosecution"),
        "listed_from": day("listed_on__gte"),
        "listed_to": day("listed_on__lte"),
        "purpose": choice("purpose", HearingPurpose),
        "result": choice("result", HearingResult),
    }
    services = {
        "create": list_hearing,
        "partial_update": move_hearing,
        "record": record_hearing,
        "correct": correct_result,
        "take_off": take_off_list,
        "correct_listing": correct_record,
        "take_back": take_back_result,
        "strike": strike,
    }
    inputs = {
        "create": ListHearingInput,
        "partial_update": MoveHearingInput,
        "record": RecordHearingInput,
        "correct": CorrectResultInput,
        "take_off": TakeOffInput,
        "correct_listing": CorrectListingInput,
        "take_back": TakeBackInput,
        "strike": StrikeInput,
    }
    versioned = Strikable.versioned | {"correct", "take_off", "correct_listing", "take_back"}

    @extend_schema(request=ListHearingInput, responses={201: HearingSerializer})
    def create(self, request: Any) -> Response:
        """List a hearing of a proceeding."""
        return self.create_with(list_hearing)

    @extend_schema(request=MoveHearingInput, responses=HearingSerializer)
    def partial_update(self, request: Any, pk: Any) -> Response:
        """Put right day, hour or purpose of a hearing without a result."""
        return self.change_with(move_hearing, keeps=("listed_on", "listed_at", "purpose"))

    @extend_schema(request=RecordHearingInput, responses=HearingSerializer)
    @action(detail=True, methods=["post"])
    def record(self, request: Any, pk: Any) -> Response:
        """Record what came of a hearing, with the next date or the reason there is none."""
        return self.change_with(record_hearing)

    @extend_schema(request=CorrectResultInput, responses=HearingSerializer)
    @action(detail=True, methods=["post"])
    def correct(self, request: Any, pk: Any) -> Response:
        """Put right a result, or the reason for there being no next date."""
        return self.change_with(correct_result)

    @extend_schema(request=TakeOffInput, responses=HearingSerializer)
    @action(detail=True, methods=["post"], url_path="take-off")
    def take_off(self, request: Any, pk: Any) -> Response:
        """Take a hearing off the list that was listed by mistake."""
        return self.change_with(take_off_list)

    @extend_schema(request=CorrectListingInput, responses=HearingSerializer)
    @action(detail=True, methods=["post"], url_path="correct-listing")
    def correct_listing(self, request: Any, pk: Any) -> Response:
        """Put right day, hour or purpose of a hearing that has a result."""
        return self.change_with(correct_record)

    @extend_schema(request=TakeBackInput, responses=HearingSerializer)
    @action(detail=True, methods=["post"], url_path="take-back")
    def take_back(self, request: Any, pk: Any) -> Response:
        """Take back a result that was none of this hearing, and the next hearing made of it."""
        return self.change_with(take_back_result)
