"""Dashboards by API: what a page shows, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from core.api.serializers import Input, Text
from reports.api.serializers import OPTIONAL, Codes, RunSerializer
from reports.api.viewsets import SLUG, ReportsViewSet
from reports.dashboards.page import DASHBOARDS, board
from reports.dashboards.questions import FILTERS, DashboardQuery, asked_of
from reports.dashboards.services import request_dashboard
from reports.models import Snapshot
from reports.params import BadParams

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn
    from accounts.models import User
    from reports.dashboards.declared import Dashboard


class FilterInput(Input):
    """Shape only: `reports.params` says which dates, places and codes there are."""

    as_of = Text(**OPTIONAL)
    jurisdiction = Text(**OPTIONAL)
    programme = Text(**OPTIONAL)
    attribution = Codes(required=False, allow_null=True, max_length=10)

    def get_fields(self) -> dict[str, Any]:
        words = {"from": Text(**OPTIONAL), "to": Text(**OPTIONAL)}  # `from` is a word of Python
        return words | super().get_fields()


class ListedDashboardSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    title = serializers.CharField()
    lead = serializers.CharField()
    panels = serializers.ListField(child=serializers.CharField())


class DashboardChangeSerializer(serializers.Serializer[Any]):
    """The last whole year beside the one before: points of a rate, or percent of a count."""

    year = serializers.IntegerField()
    before = serializers.IntegerField()
    by = serializers.IntegerField()
    counted_in = serializers.ChoiceField(choices=["points", "percent"])


CHANGE = ("year", "before", "by", "counted_in")


class DashboardTileSerializer(serializers.Serializer[Any]):
    """A figure in large. Null: not computed, hidden from the caller, or too few for a rate."""

    label: Any = serializers.CharField()
    report = serializers.CharField()
    value: Any = serializers.JSONField(allow_null=True)
    unit = serializers.CharField(allow_null=True)
    k = serializers.IntegerField(allow_null=True)
    n = serializers.IntegerField(allow_null=True)
    change = DashboardChangeSerializer(allow_null=True)


class DashboardPanelSerializer(serializers.Serializer[Any]):
    """A picture as data: the rows of its report, small counts hidden, and what they say."""

    code = serializers.CharField()
    title = serializers.CharField()
    report = serializers.CharField()
    definition = serializers.CharField()
    snapshot = serializers.UUIDField(allow_null=True)
    as_of = serializers.DateField(allow_null=True)
    sentence = serializers.CharField(allow_blank=True)
    rows = serializers.ListField(child=serializers.DictField())


class DashboardTrustSerializer(serializers.Serializer[Any]):
    tone = serializers.CharField()
    words = serializers.CharField()


class DashboardSerializer(serializers.Serializer[Any]):
    """A dashboard for the filters asked for."""

    slug = serializers.CharField()
    title = serializers.CharField()
    lead = serializers.CharField()
    filters = serializers.DictField()
    tiles = DashboardTileSerializer(many=True)
    panels = DashboardPanelSerializer(many=True)
    trust = DashboardTrustSerializer(many=True)


class RunsSerializer(serializers.Serializer[Any]):
    runs = RunSerializer(many=True)


FILTER_PARAMETERS = [OpenApiParameter(name, str, description="as of reports") for name in FILTERS]
ONE = OpenApiParameter("slug", str, OpenApiParameter.PATH, pattern=SLUG)


class DashboardViewSet(ReportsViewSet):
    """The dashboards there are, and one with its figures."""

    queryset = Snapshot.objects.all()
    serializer_class = DashboardSerializer
    lookup_field = "slug"
    lookup_value_regex = SLUG
    services = {"compute": request_dashboard}
    inputs = {"compute": FilterInput}
    takes_many = False
    queries: ClassVar[dict[str, set[str]]] = {"retrieve": set(FILTERS)}

    @extend_schema(responses=ListedDashboardSerializer(many=True))
    def list(self, request: SignedIn) -> Response:
        """Every dashboard. There are few: one page holds them all."""
        results = [
            {
                "slug": value.slug,
                "title": value.title,
                "lead": value.lead,
                "panels": [panel.code for panel in value.panels],
            }
            for value in DASHBOARDS.values()
        ]
        boards = ListedDashboardSerializer(results, many=True).data
        return Response({"next": None, "previous": None, "results": boards})

    @extend_schema(parameters=[ONE, *FILTER_PARAMETERS])
    def retrieve(self, request: SignedIn, slug: str) -> Response:
        """The newest figures of one dashboard for the caller, for these filters."""
        asked = self._asked({name: text for name, text in request.query_params.items() if text})
        return Response(DashboardSerializer(document(self._board(), asked, request.user)).data)

    # Starts a job.
    @extend_schema(parameters=[ONE], request=FilterInput, responses={202: RunsSerializer})
    @action(detail=True, methods=["post"])
    def compute(self, request: SignedIn, slug: str) -> Response:
        """Ask for every report of one dashboard; each is a run of its own."""
        dashboard, asked = self._board(), self._asked(self.validated())

        def run() -> dict[str, object]:
            runs = request_dashboard(dashboard, params=asked.params, actor=request.user)
            return RunsSerializer({"runs": runs}).data

        return self.once(run, 202)

    def _board(self) -> Dashboard:
        try:
            return DASHBOARDS[self.kwargs["slug"]]
        except KeyError:
            raise Http404 from None

    def _asked(self, given: Any) -> DashboardQuery:
        try:
            return asked_of(given, self.request.user)
        except BadParams as bad:
            raise ValidationError(bad.errors) from None


def document(dashboard: Dashboard, asked: DashboardQuery, reader: User) -> dict[str, Any]:
    """What the page shows, as data."""
    context = board(dashboard, asked, reader)
    return {
        "slug": dashboard.slug,
        "title": dashboard.title,
        "lead": dashboard.lead,
        "filters": asked.as_json(),
        "tiles": [_tile(tile) for tile in context["tiles"]],
        "panels": [_panel(panel) for panel in context["panels"]],
        "trust": context["trust"],
    }


def _tile(tile: dict[str, Any]) -> dict[str, object]:
    cell = tile.get("cell") or {}
    value = None if cell.get("few") else cell.get("value")
    values = {"value": value, "unit": cell.get("unit"), "k": tile.get("k"), "n": tile.get("n")}
    change = tile.get("change") and {name: tile["change"][name] for name in CHANGE}
    return values | {"label": tile["label"], "report": tile["report"].slug, "change": change}


def _panel(panel: dict[str, Any]) -> dict[str, Any]:
    seen = panel["seen"]
    years = [{"year": year.year} | year.row for year in seen.years if year.row]
    return {
        "code": seen.panel.code,
        "title": seen.panel.title,
        "report": seen.report.slug,
        "definition": seen.report.definition,
        "snapshot": seen.snapshot.pk if seen.snapshot else None,
        "as_of": seen.snapshot.as_of if seen.snapshot else None,
        "sentence": panel["picture"].get("sentence", ""),
        "rows": years or seen.rows,
    }
