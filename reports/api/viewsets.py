from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from accounts.permissions import Perm
from core.api.viewsets import ServiceViewSet
from core.models import Job
from reports.api.serializers import ReportSerializer, RunInput, RunSerializer
from reports.base import REPORTS, Report
from reports.models import Snapshot
from reports.params import BadParams, parse
from reports.present import rows_for
from reports.run import document
from reports.services import cancel_report, read_behind, request_report


def described(report: Report) -> dict[str, Any]:
    return {
        "slug": report.slug,
        "version": report.version,
        "title": report.title,
        "definition": report.definition,
        "unit": report.unit,
        "columns": [column.name for column in report.columns],
    }


class ReportViewSet(ServiceViewSet):
    """The reports there are, with their definitions."""

    queryset = Snapshot.objects.all()
    serializer_class = ReportSerializer
    lookup_field = "slug"

    def list(self, request: Any) -> Response:
        results = [described(REPORTS[slug]) for slug in sorted(REPORTS)]
        return Response({"next": None, "previous": None, "results": results})

    def retrieve(self, request: Any, slug: str) -> Response:
        if slug not in REPORTS:
            raise Http404
        return Response(described(REPORTS[slug]))


class ReportRunViewSet(ServiceViewSet):
    """Reports asked for by the caller: queued, computed by a worker, kept as snapshots."""

    queryset = Job.objects.filter(kind="report")
    serializer_class = RunSerializer
    services = {"create": request_report, "cancel": cancel_report, "behind": read_behind}
    inputs = {"create": RunInput}

    def needs(self, method: str) -> str | None:
        verb = self.services.get(self.action or "")
        return verb.permission if verb else Perm.REPORT_VIEW

    @extend_schema(request=RunInput, responses={202: RunSerializer})
    def create(self, request: Any) -> Response:
        """Ask for a report."""
        data = self.validated()
        try:
            params = parse(data.get("params", {}))
        except BadParams as bad:
            raise ValidationError({f"params.{k}": v for k, v in bad.errors.items()}) from None
        report = REPORTS[data["report"]]
        return self.once(
            lambda: self._shown(request_report(report, params=params, actor=request.user)), 202
        )

    def retrieve(self, request: Any, pk: Any) -> Response:
        return Response(self._shown(self.get_object()))

    @extend_schema(request=None, responses=RunSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Any, pk: Any) -> Response:
        """Stop a run that is queued or under way."""
        return Response(self._shown(cancel_report(self.get_object(), actor=request.user)))

    @extend_schema(
        parameters=[
            OpenApiParameter("cell", str, required=True, description="place|programme"),
            OpenApiParameter("of", str, required=True, description="k, n or another count"),
        ],
        responses=inline_serializer(
            "Behind",
            {
                "total": serializers.IntegerField(allow_null=True),
                "results": serializers.ListField(child=serializers.DictField()),
            },
        ),
    )
    @action(detail=True, methods=["get"])
    def behind(self, request: Any, pk: Any) -> Response:
        """The records behind one figure, as far as the caller may open them."""
        snapshot = self._snapshot(self.get_object())
        if snapshot is None:
            raise Http404
        query = request.query_params
        cell, of = query.get("cell", ""), query.get("of", "")
        return Response(read_behind(snapshot, cell=cell, of=of, actor=request.user))

    def _snapshot(self, run: Job) -> Any:
        made = (run.result or {}).get("snapshot")
        return Snapshot.objects.visible_to(self.request.user).filter(pk=made).first()

    def _shown(self, run: Job) -> Any:
        snapshot, result = self._snapshot(run), None
        if snapshot:
            params = parse(run.parameters["params"])
            rows = rows_for(snapshot, self.request.user)
            result = document(REPORTS[snapshot.report], params, rows)
        return RunSerializer(run, context={"result": result}).data
