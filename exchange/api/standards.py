"""HTCDS 2.0 by API: a file given out, a file looked at and taken in, and what came with files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from casework.api.paper_serializers import by_form
from casework.api.paper_viewsets import TakesFiles
from core.api.viewsets import ServiceViewSet
from core.lists.declared import List
from core.sheets.workbooks import CONTENT_TYPE
from exchange.api.serializers import (
    ExportHtcdsInput,
    HtcdsFileSerializer,
    HtcdsPreviewSerializer,
    ImportedSerializer,
    ImportHtcdsInput,
    PreviewHtcdsInput,
)
from exchange.enums import GivenAs
from exchange.handing import handed
from exchange.models import Imported
from exchange.services.htcds import export_htcds, import_htcds, preview_htcds

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.api.requests import SignedIn


class HtcdsImportViewSet(TakesFiles):
    """Who came with a file of HTCDS, under which keys of its sender; and more of them."""

    listed = List(Imported.objects.all(), "case source outside_case")
    serializer_class = ImportedSerializer
    services = {"create": import_htcds, "preview": preview_htcds}
    inputs = {"create": ImportHtcdsInput, "preview": PreviewHtcdsInput}
    asking = frozenset({"preview"})

    # Answers what was taken in, which is no one row.
    @extend_schema(request=by_form(ImportHtcdsInput), responses={201: HtcdsPreviewSerializer})
    def create(self, request: SignedIn) -> Response:
        """Take in a file that was looked at: all of it or nothing."""
        data = self.validated()
        return self.once(
            lambda: HtcdsPreviewSerializer(import_htcds(actor=request.user, **data)).data
        )

    # Asks; nothing is kept.
    @extend_schema(request=by_form(PreviewHtcdsInput), responses=HtcdsPreviewSerializer)
    @action(detail=False, methods=["post"])
    def preview(self, request: SignedIn) -> Response:
        """See what a file would add, with the digest that takes it in, or every fault."""
        preview = preview_htcds(actor=request.user, **self.validated())
        return Response(HtcdsPreviewSerializer(preview).data)


class HtcdsExportViewSet(ServiceViewSet):
    """People of cases by code as a file of HTCDS 2.0: no names, no addresses, no free text."""

    queryset = Imported.objects.none()
    serializer_class = HtcdsFileSerializer
    services = {"create": export_htcds}
    inputs = {"create": ExportHtcdsInput}
    asking = frozenset({"create"})  # its answer is a file and is kept nowhere
    takes_many = False

    # Answers a file.
    @extend_schema(
        request=ExportHtcdsInput,
        responses={
            (200, "application/json"): HtcdsFileSerializer,
            (200, CONTENT_TYPE): OpenApiTypes.BINARY,
        },
    )
    def create(self, request: SignedIn) -> HttpResponse:
        """Give out the file, as CSV within JSON or as a workbook. Partners get only people who
        agreed, and each is recorded as told."""
        values = self.validated()
        form = values.pop("format", GivenAs.CSV)
        made = export_htcds(actor=request.user, **values)
        if form == GivenAs.XLSX:
            return handed(made, form)
        return Response(HtcdsFileSerializer(made).data)
