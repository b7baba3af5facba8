"""The docket and the cause list of a day for programs: the rows of the pages."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from core.api.filters import day
from core.api.viewsets import ServiceViewSet
from prosecutions.enums import StageMeaning
from prosecutions.models import Hearing, Prosecution
from prosecutions.services.docket import Asked, Group, Only, read_cause_list, read_docket

DAY = day("day")


class ReadySerializer(serializers.Serializer[Any]):
    tone = serializers.CharField()
    words = serializers.CharField()


class ListedSerializer(serializers.Serializer[Any]):
    """A day of a row: of a hearing without a result, or the last one for a charge."""

    hearing = serializers.UUIDField(allow_null=True)
    day = serializers.DateField()
    hour = serializers.CharField()
    purpose = serializers.CharField()


class DocketRowSerializer(serializers.Serializer[Any]):
    """A proceeding, or what runs or is awaited in a case (`prosecution` is empty then)."""

    group = serializers.ChoiceField(Group.choices)
    prosecution = serializers.UUIDField(allow_null=True)
    case = serializers.UUIDField()
    reference = serializers.CharField()
    court = serializers.CharField()
    docket = serializers.CharField()
    dates = ListedSerializer(many=True)
    since = serializers.DateField(allow_null=True, default=None)
    away = serializers.CharField()
    purpose = serializers.CharField()
    stage = serializers.CharField()
    accused = serializers.CharField()
    child = serializers.BooleanField()
    ready = ReadySerializer()
    awaited = serializers.ListField(child=serializers.CharField())


class DocketSerializer(serializers.Serializer[Any]):
    """`cut`: there are more than the 500 most urgent; narrow it."""

    cut = serializers.BooleanField()
    results = DocketRowSerializer(many=True)


class CauseSerializer(serializers.ModelSerializer[Hearing]):
    listed_at = serializers.TimeField(format="%H:%M", allow_null=True)
    reference = serializers.CharField(source="case.reference")
    docket = serializers.CharField(source="prosecution.docket")

    class Meta:
        model = Hearing
        fields = ("id", "case", "reference", "prosecution", "docket", "listed_at", "purpose")


class CourtSerializer(serializers.Serializer[Any]):
    court = serializers.CharField()
    place = serializers.CharField()
    hearings = CauseSerializer(many=True, source="rows")


class CauseListSerializer(serializers.Serializer[Any]):
    day = serializers.DateField()
    cut = serializers.BooleanField()
    courts = CourtSerializer(many=True)


class DocketViewSet(ServiceViewSet):
    """Every open proceeding of the caller, the urgent first, and what is awaited from others."""

    queryset = Prosecution.objects.all()
    services = {"retrieve": read_docket}
    serializer_class = DocketSerializer

    @extend_schema(
        parameters=[
            OpenApiParameter("show", str, enum=Group.values),
            OpenApiParameter("court", OpenApiTypes.UUID, many=True),
            OpenApiParameter("stage", str, enum=StageMeaning.values, many=True),
            OpenApiParameter("only", str, enum=Only.values, many=True),
        ],
        responses=DocketSerializer,
    )
    def retrieve(self, request: Any) -> Response:
        """The docket."""
        query = request.query_params
        errors = self.unknown(query, {"show", "court", "stage", "only"})
        asked = Asked.of(query)
        errors |= {name: [_("This is not one of the values.")] for name in asked.unknown}
        if errors:
            raise ValidationError(errors)
        shown = read_docket(asked=asked, actor=request.user)
        return Response(DocketSerializer({"cut": shown["cut"], "results": shown["rows"]}).data)


class CauseListViewSet(ServiceViewSet):
    """What is listed on a day, court by court."""

    queryset = Hearing.objects.all()
    services = {"retrieve": read_cause_list}
    serializer_class = CauseListSerializer

    @extend_schema(
        parameters=[OpenApiParameter("day", DAY.schema)],  # type: ignore[attr-defined]
        responses=CauseListSerializer,
    )
    def retrieve(self, request: Any) -> Response:
        """The cause list of a day, or of today."""
        query = request.query_params
        errors = self.unknown(query, {"day"})
        try:
            asked = DAY(query.get("day", timezone.localdate().isoformat()))
        except ValueError as wrong:
            errors["day"] = [str(wrong)]
        if errors:
            raise ValidationError(errors)
        return Response(CauseListSerializer(read_cause_list(actor=request.user, **asked)).data)
