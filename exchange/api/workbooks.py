"""The workbook of an organisation that moves in, by API: looked at, then taken in."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.models import Office
from core.api.serializers import Input, Text, VisibleRow
from core.api.viewsets import ServiceViewSet
from exchange.api.serializers import FaultSerializer
from exchange.models import Imported
from exchange.services.workbooks import import_workbook, preview_workbook
from exchange.workbooks.forms import MOST_TEXT


class PreviewWorkbookInput(Input):
    """`workbook`: an XLSX as base64. `office`: one's own where it is left out."""

    workbook = Text(max_length=MOST_TEXT)
    office = VisibleRow(Office.objects.all(), "code", required=False)


class ImportWorkbookInput(PreviewWorkbookInput):
    """`digest`: from the preview, so that what is taken in is what was looked at."""

    digest = Text(max_length=64)


class WorkbookFaultSerializer(FaultSerializer):
    sheet = serializers.CharField(allow_blank=True)


class WorkbookPreviewSerializer(serializers.Serializer[Any]):
    """`new`: by sheet how many rows would be added; or every fault, and then no digest."""

    new = serializers.DictField(child=serializers.IntegerField())
    known = serializers.IntegerField()
    faults = WorkbookFaultSerializer(many=True)
    digest = serializers.CharField(allow_blank=True)


class WorkbookImportViewSet(ServiceViewSet):
    """A whole office from a workbook: all of it or nothing."""

    queryset = Imported.objects.none()
    serializer_class = WorkbookPreviewSerializer
    services = {"create": import_workbook, "preview": preview_workbook}
    inputs = {"create": ImportWorkbookInput, "preview": PreviewWorkbookInput}
    asking = frozenset({"preview"})
    takes_many = False

    @extend_schema(request=ImportWorkbookInput, responses={201: WorkbookPreviewSerializer})
    def create(self, request: Any) -> Response:
        """Take in a workbook that was looked at. What is known already is left as it is."""
        data = self.validated()
        return self.once(
            lambda: WorkbookPreviewSerializer(import_workbook(actor=request.user, **data)).data
        )

    @extend_schema(request=PreviewWorkbookInput, responses=WorkbookPreviewSerializer)
    @action(detail=False, methods=["post"])
    def preview(self, request: Any) -> Response:
        """Look at what a workbook would add, and get the digest that takes it in; or every
        fault with its sheet, row and column."""
        shown = preview_workbook(actor=request.user, **self.validated())
        return Response(WorkbookPreviewSerializer(shown).data)
