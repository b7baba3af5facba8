from __future__ import annotations

from typing import TYPE_CHECKING

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from studies.api.outside_serializers import BesideSerializer, StatisticSerializer, SurveySerializer
from studies.models import DistrictSurvey, ExternalStatistic
from studies.services.outside import (
    correct_statistic,
    correct_survey,
    record_statistic,
    record_survey,
)
from studies.side_by_side import comparisons

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn


class StatisticViewSet(ReadViewSet):
    """Figures of other publishers, as published: a number, or text such as "<5"."""

    listed = List(
        ExternalStatistic.objects.select_related("jurisdiction", "office"),
        "measure unit programme jurisdiction",
        orders={"newest": "-year"},
    )
    serializer_class = StatisticSerializer

    create = Verb(
        record_statistic, of='A `value`, or the `text` that was printed in its place, as "<5".'
    )
    partial_update = Verb(correct_statistic)

    @extend_schema(responses=BesideSerializer(many=True))
    @action(detail=True, methods=["get"])
    def beside(self, request: SignedIn, pk: str) -> Response:
        """Every other figure of its measure, unit and form: ratio and common area, never a sum."""
        self.takes_nothing()
        this = self.get_object()
        alike = {name: getattr(this, name) for name in ("measure", "unit", "programme")}
        rows = self.get_queryset().filter(**alike).order_by("-year", "-id")
        others = [row for row in rows if row.pk != this.pk]
        lines = comparisons([this, *others])
        pairs = [line for line in lines if this.pk in {line.one.pk, line.two.pk}]
        return Response(BesideSerializer(pairs, many=True).data)


class SurveyViewSet(ReadViewSet):
    """Surveys that districts owe: done or not, and how many were found; none found is 0."""

    listed = List(
        DistrictSurvey.objects.select_related("jurisdiction", "office"),
        "status programme jurisdiction",
        orders={"newest": "-year"},
    )
    serializer_class = SurveySerializer

    create = Verb(record_survey, of="`found` only of a survey that was done; found none is 0.")
    partial_update = Verb(correct_survey)
