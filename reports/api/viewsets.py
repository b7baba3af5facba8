from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from accounts.permissions import Perm
from core.api.serializers import Nothing
from core.api.viewsets import ReadViewSet, ServiceViewSet
from core.lists.declared import List
from core.lists.filters import identifier
from core.models import Job
from core.refusals import gettext as _
from reports.api.serializers import (
    BehindSerializer,
    DifferenceSerializer,
    ListedSnapshotSerializer,
    ReportSerializer,
    RunInput,
    RunSerializer,
    SnapshotSerializer,
)
from reports.base import REPORTS, Report
from reports.closed import params_of
from reports.models import Snapshot
from reports.on_paper import paper
from reports.params import BadParams, parse
from reports.present import rows_for
from reports.run import document
from reports.services import cancel_report, read_behind, read_difference, request_report

if TYPE_CHECKING:
    from rest_framework.request import Request

    from accounts.api.requests import SignedIn
    from core.access import ScopedQuerySet

SLUG = "[a-z0-9-]{1,60}"


def described(report: Report) -> dict[str, object]:
    return {
        "slug": report.slug,
        "version": report.version,
        "title": report.title,
        "definition": report.definition,
        "unit": report.unit,
        "columns": [column.name for column in report.columns],
        "by_place": report.by_place,
        "takes": list(report.takes),
    }


class ReportsViewSet(ServiceViewSet):
    """What the two have in common: parameters nobody reads are refused, by name."""

    queries: ClassVar[dict[str, set[str]]] = {}  # the parameters each action takes

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        super().initial(request, *args, **kwargs)
        known = self.queries.get(self.action or "", set())
        if errors := self.unknown(request.query_params, known):
            raise ValidationError(errors)


class ReportViewSet(ReportsViewSet):
    """The reports there are, with their definitions."""

    queryset = Snapshot.objects.all()
    serializer_class = ReportSerializer
    lookup_field = "slug"
    lookup_value_regex = SLUG

    def list(self, request: SignedIn) -> Response:
        """Every report, by its slug. There are few: one page holds them all."""
        results = [described(REPORTS[slug]) for slug in sorted(REPORTS)]
        return Response({"next": None, "previous": None, "results": results})

    @extend_schema(parameters=[OpenApiParameter("slug", str, OpenApiParameter.PATH, pattern=SLUG)])
    def retrieve(self, request: SignedIn, slug: str) -> Response:
        """What one report counts, and how."""
        if slug not in REPORTS:
            raise Http404
        return Response(described(REPORTS[slug]))


class SnapshotViewSet(ReadViewSet):
    """Figures as they were computed, for readers whose own figures are made of the same rows."""

    listed = List(Snapshot.objects.all(), "report")
    serializer_class = SnapshotSerializer
    services = {"difference": read_difference}

    def get_serializer_class(self) -> type[ListedSnapshotSerializer]:
        return ListedSnapshotSerializer if self.action == "list" else SnapshotSerializer

    def get_queryset(self) -> ScopedQuerySet:
        rows = super().get_queryset()
        return rows.defer("rows") if self.action == "list" else rows

    @extend_schema(
        parameters=[
            OpenApiParameter("with", UUID, required=True, description="what to compare with")
        ],
        responses=DifferenceSerializer,
    )
    @action(detail=True, methods=["get"])
    def difference(self, request: SignedIn, pk: str) -> Response:
        """Which figures differ from those of another snapshot, and by which records."""
        snapshot, query = self.get_object(), request.query_params
        errors = self.unknown(query, {"with"})
        other = None
        try:
            named = identifier("pk")
            other = named.narrow(self.get_queryset(), query.get("with", ""), request.user).first()
        except ValueError as exc:
            errors["with"] = [str(exc)]
        if other is None:
            errors.setdefault("with", [_("Not found, or not open to you.")])
        if errors or other is None:
            raise ValidationError(errors)
        figures = read_difference(snapshot, other=other, actor=request.user)
        return Response(DifferenceSerializer({"with_": other.pk, "figures": figures}).data)

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def paper(self, request: SignedIn, pk: str) -> HttpResponse:
        """The report on paper, as a tagged PDF."""
        self.takes_nothing()
        return paper(self.get_object(), request.user)


class ReportRunViewSet(ReportsViewSet):
    """Reports asked for by the caller: queued, computed by a worker, kept as snapshots."""

    queryset = Job.objects.filter(kind="report")
    serializer_class = RunSerializer
    services = {"create": request_report, "cancel": cancel_report, "behind": read_behind}
    inputs = {"create": RunInput, "cancel": Nothing}
    takes_many = False  # each is work for minutes
    queries: ClassVar[dict[str, set[str]]] = {"behind": {"cell", "of"}}

    def needs(self, method: str) -> str | None:
        verb = self.services.get(self.action or "")
        return verb.permission if verb else Perm.REPORT_VIEW

    # Takes the code of a report, which is no row, and starts a job.
    @extend_schema(request=RunInput, responses={202: RunSerializer})
    def create(self, request: SignedIn) -> Response:
        """Ask for a report."""
        data = self.validated()
        report = REPORTS[data["report"]]
        try:
            params = params_of(data.get("params", {}), report, request.user)
        except BadParams as bad:
            raise ValidationError({f"params.{k}": v for k, v in bad.errors.items()}) from None
        return self.once(
            lambda: self._shown(request_report(report, params=params, actor=request.user)), 202
        )

    def retrieve(self, request: SignedIn, pk: str) -> Response:
        """How far a run is, and its result once it is done."""
        return Response(self._shown(self.get_object()))

    # Answers the run as it is now.
    @extend_schema(request=None, responses=RunSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: SignedIn, pk: str) -> Response:
        """Stop a run that is queued or under way."""
        run = self.get_object()
        self.validated()
        return self.once(lambda: self._shown(cancel_report(run, actor=request.user)), 200)

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "cell", str, required=True, description="place|programme or measure|keys"
            ),
            OpenApiParameter("of", str, required=True, description="k, n or another count"),
        ],
        responses=BehindSerializer,
    )
    @action(detail=True, methods=["get"])
    def behind(self, request: SignedIn, pk: str) -> Response:
        """The records behind one figure, as far as the caller may open them."""
        snapshot = self._snapshot(self.get_object())
        if snapshot is None:
            raise Http404
        query = request.query_params
        cell, of = query.get("cell", ""), query.get("of", "")
        counts = snapshot.behind.get(cell)
        errors = {} if counts else {"cell": [_("There is no such cell in this run.")]}
        if not of or (counts and of not in counts):
            errors["of"] = [_("There is no such count in this cell.")]
        if errors:
            raise ValidationError(errors)
        records = read_behind(snapshot, cell=cell, of=of, actor=request.user)
        return Response(BehindSerializer(records).data)

    def _snapshot(self, run: Job) -> Any:
        made = (run.result or {}).get("snapshot")
        return Snapshot.objects.visible_to(self.request.user).filter(pk=made).first()

    def _shown(self, run: Job) -> object:
        snapshot, result = self._snapshot(run), None
        if snapshot:
            report = REPORTS[snapshot.report]
            params = parse(run.parameters["params"], report)
            rows = rows_for(snapshot, self.request.user)
            result = document(report, params, rows)
        return RunSerializer(run, context={"result": result}).data
