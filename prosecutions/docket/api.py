"""The docket and the cause list of a day for programs: the rows of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from core.api.schema import coded
from core.api.serializers import RowSerializer
from core.api.viewsets import ServiceViewSet
from core.days import clock
from core.lists.filters import day
from core.refusals import gettext as _
from prosecutions.docket import DocketQuery, Group, Only, read_cause_list, read_docket
from prosecutions.docket.asking import page_of
from prosecutions.docket.causes import Whose
from prosecutions.enums import StageMeaning
from prosecutions.models import Hearing, Prosecution

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn

DAY = day("day")
SEVERAL = ("court", "stage", "only")  # of which several may be asked for
NOUNS = ("prosecutions", "custody-clocks", "custodies", "assistance-requests", "complaints")


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
    """A record of the noun it names: a proceeding, or what runs or is awaited in a case.

    `id`: of that record; `prosecution`: where the row belongs to one.
    """

    noun = serializers.ChoiceField(NOUNS)
    id = serializers.UUIDField()
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


class TileSerializer(serializers.Serializer[Any]):
    group = serializers.ChoiceField(Group.choices, source="name")
    count = serializers.IntegerField()


class DocketSerializer(serializers.Serializer[Any]):
    """A page: `count` is of all pages, `tiles` of all groups whatever `show` asks for."""

    count = serializers.IntegerField()
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    tiles = TileSerializer(many=True)
    results = DocketRowSerializer(many=True)


class CauseSerializer(RowSerializer[Hearing]):
    shows = "id case reference prosecution docket listed_at purpose room judge counsel"

    listed_at = serializers.TimeField(format="%H:%M", allow_null=True)
    reference = serializers.CharField(source="case.reference")
    docket = serializers.CharField(source="prosecution.docket")


class CourtSerializer(serializers.Serializer[Any]):
    court = serializers.CharField()
    place = serializers.CharField()
    hearings = CauseSerializer(many=True, source="rows")


class CauseListSerializer(serializers.Serializer[Any]):
    day = serializers.DateField()
    whose = serializers.ChoiceField(Whose.choices)
    count = serializers.IntegerField()
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    courts = CourtSerializer(many=True)


class DocketViewSet(ServiceViewSet):
    """Every open proceeding of the caller, the urgent first, and what is awaited from others."""

    queryset = Prosecution.objects.all()
    services = {"retrieve": read_docket}
    serializer_class = DocketSerializer

    @extend_schema(
        parameters=[
            coded("show", Group),
            OpenApiParameter("court", OpenApiTypes.UUID, many=True),
            coded("stage", StageMeaning, many=True),
            coded("only", Only, many=True),
            OpenApiParameter("page", int),
        ],
        responses=DocketSerializer,
    )
    def retrieve(self, request: SignedIn) -> Response:
        """The docket."""
        query = request.query_params
        errors = self.unknown(query, {"show", *SEVERAL, "page"}, SEVERAL)
        asked = DocketQuery.of(query)
        errors |= {name: [_("This is not one of the values.")] for name in asked.unknown}
        if errors:
            raise ValidationError(errors)
        docket = read_docket(asked=asked, actor=request.user)
        if asked.page > docket["pages"]:
            raise ValidationError({"page": [_("There are fewer pages than that.")]})
        pages = around(request, docket["page"], docket["pages"])
        values = docket | pages | {"count": docket["total"], "results": docket["rows"]}
        return Response(DocketSerializer(values).data)


class CauseListViewSet(ServiceViewSet):
    """What is listed on a day, court by court."""

    queryset = Hearing.objects.all()
    services = {"retrieve": read_cause_list}
    serializer_class = CauseListSerializer

    @extend_schema(
        parameters=[
            OpenApiParameter("day", dict(DAY.schema)),
            coded("whose", Whose),
            OpenApiParameter("page", int),
        ],
        responses=CauseListSerializer,
    )
    def retrieve(self, request: SignedIn) -> Response:
        """The cause list of a day, or of today."""
        query = request.query_params
        errors = self.unknown(query, {"day", "page", "whose"})
        whose = query.get("whose", Whose.ALL)
        if whose not in Whose.values:
            errors["whose"] = [_("This is not one of the values.")]
        try:
            asked: Any = DAY.read(query.get("day", clock.today().isoformat()))
        except ValueError as wrong:
            errors["day"] = [str(wrong)]
        if "page" in DocketQuery.of(query).unknown:
            errors["page"] = [_("This is not one of the values.")]
        if errors:
            raise ValidationError(errors)
        number = page_of(query)
        causes = read_cause_list(actor=request.user, page=number, whose=Whose(whose), **asked)
        if number > causes.pages:
            raise ValidationError({"page": [_("There are fewer pages than that.")]})
        pages = around(request, number, causes.pages)
        return Response(CauseListSerializer(vars(causes) | pages).data)


def around(request: SignedIn, number: int, pages: int) -> dict[str, str | None]:
    """The addresses of the pages beside this one."""

    def address(beside: int) -> str | None:
        here = request.build_absolute_uri()
        return replace_query_param(here, "page", beside) if 1 <= beside <= pages else None

    return {"next": address(number + 1), "previous": address(number - 1)}
