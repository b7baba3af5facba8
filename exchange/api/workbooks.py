"""The workbook of an organisation that moves in, by API: sent, looked at, confirmed, taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.models import Office
from casework.api.paper_serializers import UploadField, by_form
from casework.api.paper_viewsets import TakesFiles
from core.api.serializers import HowFar, Input, Nothing, RowSerializer, Text, VisibleRow
from core.api.verbs import Verb
from core.lists.declared import List
from core.refusals import gettext as _
from exchange.api.serializers import FaultSerializer
from exchange.models import WorkbookImport
from exchange.services.workbooks import confirm_workbook, end_workbook, send_workbook
from exchange.workbooks.models import ImportState

if TYPE_CHECKING:
    from rest_framework.request import Request

    from accounts.api.requests import SignedIn

MOST_TEXT = 900_000  # signs of one sent as text


class WorkbookImportSerializer(HowFar, RowSerializer[WorkbookImport]):
    """`done` and `total` say how far the work is; `faults` how many there are: the workbook can be
    confirmed only without any. `changed`: it was confirmed, and would do something else by now."""

    shows = (
        "id asked_by office size state done total failure faults changed confirmed_at taken_at "
        "ended_at expires_at created_at version"
    )

    state: Any = serializers.ChoiceField(choices=ImportState.choices, read_only=True)


class SendWorkbookInput(Input):
    """An XLSX: as a `file` of at most 20 MB; or a small one as base64 in `workbook`, which JSON may
    bring, too. `office`: one's own where it is left out."""

    file = UploadField(required=False)
    workbook = Text(max_length=MOST_TEXT, required=False)
    office = VisibleRow(Office.objects.all(), "code", required=False)

    def validate(self, data: dict[str, object]) -> dict[str, object]:
        if ("file" in data) == ("workbook" in data):
            words = _("Send the workbook, or a file.")
            raise serializers.ValidationError({"workbook": [words]})
        return data


class WorkbookFaultSerializer(FaultSerializer):
    sheet = serializers.CharField(allow_blank=True)


class WorkbookPreviewSerializer(serializers.Serializer[Any]):
    """`new`: by sheet how many rows it would add, or has added; or every fault."""

    new = serializers.DictField(child=serializers.IntegerField())
    known = serializers.IntegerField()
    faults = WorkbookFaultSerializer(many=True)


class WorkbookImportViewSet(TakesFiles):
    """A whole office from a workbook: looked at by a job, confirmed, and taken in by another; all
    of it or nothing. One's own."""

    listed = List(WorkbookImport.objects.select_related("job", "asked_by", "office"))
    serializer_class = WorkbookImportSerializer
    services = {"create": send_workbook, "confirm": confirm_workbook}
    inputs = {"create": SendWorkbookInput, "confirm": Nothing}
    versioned = frozenset({"confirm"})

    # Takes a file, and answers 202: a job looks at it.
    @extend_schema(request=by_form(SendWorkbookInput), responses={202: WorkbookImportSerializer})
    def create(self, request: SignedIn) -> Response:
        """Have a workbook looked at. Ask its row how far that is, then for its preview."""
        data = self.validated()
        return self.once(
            lambda: self.get_serializer(send_workbook(actor=request.user, **data)).data, 202
        )

    @extend_schema(responses=WorkbookPreviewSerializer)
    @action(detail=True, methods=["get"])
    def preview(self, request: SignedIn, pk: str) -> Response:
        """What it would add, or has added; or every fault with its sheet, row and column."""
        return Response(WorkbookPreviewSerializer(self.get_object().preview).data)

    # Answers 202: a job does the rest.
    @extend_schema(request=None, responses={202: WorkbookImportSerializer})
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        """Have it taken in as it was looked at, by the version of its row."""
        response = self.change_with(confirm_workbook)
        response.status_code = 202
        return response

    end = Verb(end_workbook)
