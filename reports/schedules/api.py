from __future__ import annotations

from typing import TYPE_CHECKING

from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from core.api.serializers import Input, Labelled, RowSerializer, Text, WholeNumber
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from reports.base import REPORTS
from reports.params import BadParams, parse
from reports.schedules.models import LAST_DAY, Schedule, Span
from reports.schedules.services import make_schedule, stop_schedule

if TYPE_CHECKING:
    from rest_framework.response import Response

    from accounts.api.requests import SignedIn


class ScheduleSerializer(RowSerializer[Schedule]):
    shows = "id report span jurisdiction programme day last_run stopped_at created_at version"


class MakeScheduleInput(Input):
    report = Labelled([(slug, str(report.title)) for slug, report in sorted(REPORTS.items())])
    span = Labelled(Span)
    day = WholeNumber(min_value=1, max_value=LAST_DAY)
    jurisdiction = Text(max_length=16, required=False, allow_blank=True, default="")
    programme = Text(max_length=30, required=False, allow_blank=True, default="")

    def validate(self, attrs: dict[str, object]) -> dict[str, object]:
        asked = {name: attrs[name] for name in ("jurisdiction", "programme") if attrs[name]}
        try:
            parse(asked)
        except BadParams as bad:
            raise serializers.ValidationError(bad.errors) from None
        return attrs


class ScheduleViewSet(ReadViewSet):
    """What is computed every month for the caller."""

    listed = List(Schedule.objects.all(), recorded=False)  # one's own, and no case
    serializer_class = ScheduleSerializer
    services = {"create": make_schedule}
    inputs = {"create": MakeScheduleInput}

    def needs(self, method: str) -> str | None:
        return super().needs(method) or make_schedule.permission

    # Takes the code of a report, which is no row.
    @extend_schema(request=MakeScheduleInput, responses={201: ScheduleSerializer})
    def create(self, request: SignedIn) -> Response:
        """Have a report computed every month."""
        data = self.validated()
        report = REPORTS[data.pop("report")]
        return self.once(
            lambda: self.get_serializer(make_schedule(report, actor=request.user, **data)).data
        )

    stop = Verb(stop_schedule, says="Let a report come no more.")
