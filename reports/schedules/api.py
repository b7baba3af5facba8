from __future__ import annotations

from typing import TYPE_CHECKING

from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from accounts.models import User
from core.api.serializers import (
    Input,
    Labelled,
    RowSerializer,
    Text,
    Truth,
    VisibleRows,
    WholeNumber,
    shown_as,
)
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from places.enums import JurisdictionLevel
from reports.base import REPORTS
from reports.outside.models import OutsideAddress
from reports.outside.services import MOST_NAMED
from reports.params import BadParams, parse
from reports.schedules.models import LAST_DAY, Rhythm, Schedule, Span
from reports.schedules.services import change_schedule, make_schedule, stop_schedule

if TYPE_CHECKING:
    from rest_framework.response import Response

    from accounts.api.requests import SignedIn


class ScheduleSerializer(RowSerializer[Schedule]):
    """`day`: of the week, from Monday on, of the month, or of the quarter. `asked_by`: who asked
    for it to come, if that is somebody else. `outside`: to which addresses a release of it goes,
    with places down to `level`.
    """

    shows = (
        "id report every span jurisdiction programme day outside level by_programme asked_by "
        "last_run stopped_at created_at version"
    )

    asked_by = shown_as("username")


class Narrowed(Input):
    """Of one place or programme that is known."""

    def validate(self, attrs: dict[str, object]) -> dict[str, object]:
        asked = {name: attrs[name] for name in ("jurisdiction", "programme") if attrs.get(name)}
        try:
            parse(asked)
        except BadParams as bad:
            raise serializers.ValidationError(bad.errors) from None
        return attrs


class MakeScheduleInput(Narrowed):
    report = Labelled([(slug, str(report.title)) for slug, report in sorted(REPORTS.items())])
    span = Labelled(Span)
    every = Labelled(Rhythm, required=False, default=Rhythm.MONTH)
    day = WholeNumber(min_value=1, max_value=LAST_DAY)
    people = VisibleRows(User.objects.filter(is_active=True), by="username", required=False)
    outside = VisibleRows(OutsideAddress.objects.all(), max_length=MOST_NAMED, required=False)
    level = Labelled(JurisdictionLevel, required=False)
    by_programme = Truth(required=False)
    jurisdiction = Text(max_length=16, required=False, allow_blank=True, default="")
    programme = Text(max_length=30, required=False, allow_blank=True, default="")


class ChangeScheduleInput(Narrowed):
    """What is not named stays as it is. `people`: who is to have it, too."""

    span = Labelled(Span, required=False)
    every = Labelled(Rhythm, required=False)
    day = WholeNumber(min_value=1, max_value=LAST_DAY, required=False)
    people = VisibleRows(User.objects.filter(is_active=True), by="username", required=False)
    outside = VisibleRows(OutsideAddress.objects.all(), max_length=MOST_NAMED, required=False)
    level = Labelled(JurisdictionLevel, required=False)
    by_programme = Truth(required=False)
    jurisdiction = Text(max_length=16, required=False, allow_blank=True)
    programme = Text(max_length=30, required=False, allow_blank=True)


class ScheduleViewSet(ReadViewSet):
    """What is computed for the caller every week, month or quarter."""

    listed = List(Schedule.objects.all(), recorded=False)  # one's own, and no case
    serializer_class = ScheduleSerializer
    services = {"create": make_schedule}
    inputs = {"create": MakeScheduleInput}

    def needs(self, method: str) -> str | None:
        return super().needs(method) or make_schedule.permission

    # Takes the code of a report, which is no row.
    @extend_schema(request=MakeScheduleInput, responses={201: ScheduleSerializer})
    def create(self, request: SignedIn) -> Response:
        """Have a report computed every week, month or quarter, also for colleagues."""
        data = self.validated()
        report = REPORTS[data.pop("report")]
        return self.once(
            lambda: self.get_serializer(make_schedule(report, actor=request.user, **data)).data
        )

    partial_update = Verb(
        change_schedule,
        body=ChangeScheduleInput,
        keeps=("span", "every", "day", "jurisdiction", "programme"),
    )
    stop = Verb(stop_schedule, says="Let a report come no more.")
