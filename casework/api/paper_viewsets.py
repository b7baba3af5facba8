from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import FileResponse, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from casework.api.paper_serializers import (
    BytesInput,
    CaseDocumentSerializer,
    CourtBundleInput,
    CustodyEventSerializer,
    DocumentVersionSerializer,
    NoteSerializer,
    OpenedNoteSerializer,
    ReceiveDocumentInput,
    RecognitionSerializer,
    by_form,
)
from casework.columns import LONGEST_REMARK
from casework.enums import REASON_LENGTH
from casework.files.arriving import Upload
from casework.files.redacting import page_number
from casework.lists import NOTES
from casework.models import CustodyEvent, Document, DocumentVersion, Recognition
from casework.services.court_bundles import bundle_for_court
from casework.services.documents import (
    add_version,
    open_original,
    open_version,
    receive_document,
    record_custody,
)
from casework.services.notes import correct_note, open_note, write_note
from casework.services.recognising import destroy_material, recognise_material, refuse_recognition
from casework.services.redacting import redact_version, show_page
from core.api.parsers import StrictJSONParser
from core.api.serializers import Nothing, Text
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet, ServiceViewSet
from core.files.attachments import attachment, picture
from core.lists.declared import List

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn


class NoteViewSet(ReadViewSet):
    """What the team wrote down. The text of heavy notes is shown on opening only."""

    listed = NOTES
    serializer_class = NoteSerializer
    services = {"open": open_note}
    inputs = {"open": Nothing}
    asking = frozenset({"open"})

    create = Verb(write_note, body="WriteCaseNoteInput")
    partial_update = Verb(correct_note, keeps=("kind", "happened_on", "text", "language", "heavy"))

    # Answers words that are kept nowhere else.
    @extend_schema(request=None, responses={200: OpenedNoteSerializer})
    @action(detail=True, methods=["post"])
    def open(self, request: SignedIn, pk: str) -> Response:
        """Show a note with its former texts. Each call is recorded."""
        note = self.get_object()
        self.validated()
        return Response(OpenedNoteSerializer(open_note(note, actor=request.user)).data)


class TakesFiles(ReadViewSet):
    """Calls that may bring a file."""

    takes_files = True
    takes_many = False
    parser_classes = [StrictJSONParser, MultiPartParser]

    def sent(self) -> Any:
        """A file is told from another by the hash of its bytes."""
        sent: Any = self.request.data
        return {name: _told(value) for name, value in sent.items()}


def _told(value: Any) -> Any:
    if not isinstance(value, Upload):
        return value
    return value.received.digest.hex() if value.received else ""


class DocumentViewSet(TakesFiles):
    """Documents and evidence by their codes. Their files stand in `document-versions`."""

    listed = List(
        Document.objects.select_related("case__jurisdiction"),
        "case kind code",
        orders={"newest": "-received_on"},
    )
    serializer_class = CaseDocumentSerializer
    services = {"create": receive_document, "versions": add_version}
    inputs = {"create": ReceiveDocumentInput, "versions": BytesInput}

    # Takes a file.
    @extend_schema(request=by_form(ReceiveDocumentInput), responses={201: CaseDocumentSerializer})
    def create(self, request: SignedIn) -> Response:
        """Take in a file; of material of child abuse its SHA-256 alone."""
        return self.create_with(receive_document)

    # Takes a file, and answers the version.
    @extend_schema(request=by_form(BytesInput), responses={201: DocumentVersionSerializer})
    @action(detail=True, methods=["post"])
    def versions(self, request: SignedIn, pk: str) -> Response:
        """Put a newer version beside those before."""
        document, values = self.get_object(), self.validated()

        def run() -> Any:
            version = add_version(document, actor=request.user, **values)
            return DocumentVersionSerializer(version, context=self.get_serializer_context()).data

        return self.once(run)


class DocumentVersionViewSet(ReadViewSet):
    """Versions of documents: hash, size, type, and what the nightly comparison found."""

    listed = List(
        DocumentVersion.objects.select_related("document", "file", "original", "case"),
        "case document",
    )
    serializer_class = DocumentVersionSerializer
    services = {"file": open_version, "original": open_original, "page": show_page}

    redact = Verb(redact_version, answers=CaseDocumentSerializer)

    @extend_schema(
        parameters=[OpenApiParameter("page", int, description="Which one; the first if left out.")],
        responses={(200, "image/png"): OpenApiTypes.BINARY},
    )
    @action(detail=True, methods=["get"])
    def page(self, request: SignedIn, pk: str) -> HttpResponse:
        """One page of it as a picture, to choose areas on. Each call is recorded."""
        number = page_number(request.query_params.get("page", ""))
        return picture(show_page(self.get_object(), page=number, actor=request.user).png)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def file(self, request: SignedIn, pk: str) -> FileResponse:
        """The file kept of it. Each call is recorded."""
        opened = open_version(self.get_object(), actor=request.user)
        return attachment(opened.text, opened.name, opened.size)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def original(self, request: SignedIn, pk: str) -> FileResponse:
        """The untouched original of evidence, for people who showed a second factor just now."""
        opened = open_original(self.get_object(), actor=request.user)
        return attachment(opened.text, opened.name, opened.size)


class CourtBundleViewSet(ServiceViewSet):
    """Chosen documents for a court, in one file."""

    queryset = Document.objects.all()
    serializer_class = CaseDocumentSerializer
    services = {"create": bundle_for_court}
    inputs = {"create": CourtBundleInput}
    asking = frozenset({"create"})
    takes_many = False

    # Answers a file that is kept nowhere, so no key is honoured.
    @extend_schema(
        request=CourtBundleInput, responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}
    )
    def create(self, request: SignedIn) -> FileResponse:
        """Documents, hashes, and whose hands they went through. It is recorded."""
        opened = bundle_for_court(actor=request.user, **self.validated())
        return attachment(opened.text, opened.name, opened.size)


class CustodyEventViewSet(ReadViewSet):
    """Through whose hands documents went."""

    listed = List(CustodyEvent.objects.select_related("case"), "case document step")
    serializer_class = CustodyEventSerializer

    create = Verb(record_custody)


class RecognitionViewSet(ReadViewSet):
    """Documents said to be material of child abuse: closed at once, destroyed by two persons."""

    listed = List(
        Recognition.objects.select_related("case__jurisdiction", "said_by", "answered_by"),
        "case document status",
    )
    serializer_class = RecognitionSerializer

    create = Verb(
        recognise_material,
        body="RecogniseInput",
        on={
            "reason": Text(min_length=REASON_LENGTH, max_length=LONGEST_REMARK),
            "versions": serializers.ListField(
                child=serializers.IntegerField(min_value=1, max_value=32767),
                required=False,
                max_length=100,
            ),
        },
    )
    confirm = Verb(destroy_material)
    refuse = Verb(refuse_recognition)
