"""Shapes of notes, documents and their way."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from casework.columns import LONGEST_REMARK
from casework.files.arriving import Upload
from casework.models import (
    Case,
    CustodyEvent,
    Document,
    DocumentVersion,
    FormerNote,
    Note,
    Recognition,
)
from casework.paper_codes import Acts, DocumentKind
from casework.services.court_bundles import MOST
from core.access import IDENTITY
from core.api.serializers import (
    Day,
    Input,
    Labelled,
    RowSerializer,
    Text,
    VisibleRow,
    VisibleRows,
    shown_as,
)
from places.models import Agency

CASES: Any = Case.objects.select_related("jurisdiction")


class ForTheTeam(serializers.CharField):
    """Words for those who know the case by its names; to whom it is only shown, null."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"read_only": True, "allow_null": True} | kwargs)

    def get_attribute(self, instance: Any) -> Any:
        if not self.context["reader"].scope.reaches(instance.case, IDENTITY):
            return None
        return super().get_attribute(instance)


class NoteSerializer(RowSerializer[Note]):
    """The text of a heavy note is null here: see `open`."""

    shows = "id case kind happened_on heavy language text written_by version created_at updated_at"

    text = serializers.SerializerMethodField()
    written_by = shown_as("username")

    def get_text(self, note: Note) -> str | None:
        return None if note.heavy else str(note.text)


class FormerNoteSerializer(RowSerializer[FormerNote]):
    shows = "kind happened_on heavy language text replaced_at replaced_by"

    text = serializers.CharField(read_only=True)
    replaced_by = shown_as("username")


class OpenedNoteSerializer(serializers.Serializer[Any]):
    """What a note says, and what it said before, the newest first. `language`: BCP 47; empty where
    nobody said it."""

    id = serializers.UUIDField()
    case = serializers.UUIDField()
    language = serializers.CharField()
    text = serializers.CharField()
    former = FormerNoteSerializer(many=True)


class CaseDocumentSerializer(RowSerializer[Document]):
    shows = "id case code kind received_on redacts follows version created_at updated_at"


class DocumentVersionSerializer(RowSerializer[DocumentVersion]):
    """One version: the hash over the bytes received; what the last comparison found, and
    the look for viruses; nothing where nobody looked. `acts`: what the file may do when it is
    opened; then it is `held` until a scanner has found it clean."""

    shows = (
        "id case document number sha256 size type name remark repainted has_original finding "
        "scan acts held received_at"
    )

    name = ForTheTeam()
    remark = ForTheTeam()
    sha256 = serializers.CharField(source="digest", read_only=True)
    repainted = serializers.BooleanField(read_only=True)
    has_original = serializers.SerializerMethodField()
    finding = serializers.SerializerMethodField()
    scan = serializers.CharField(read_only=True)
    acts = serializers.ListField(child=serializers.ChoiceField(Acts.choices), read_only=True)
    held = serializers.BooleanField(source="is_held", read_only=True)

    def get_has_original(self, version: DocumentVersion) -> bool:
        return version.original_id is not None

    def get_finding(self, version: DocumentVersion) -> str:
        return version.finding


class CustodyEventSerializer(RowSerializer[CustodyEvent]):
    shows = "id case document step happened_on agency person remark created_at"

    person = ForTheTeam()
    remark = ForTheTeam()


@extend_schema_field(OpenApiTypes.BINARY)
class UploadField(serializers.Field[Any, Any, Any, Any]):
    """A file, sent as multipart/form-data."""

    default_error_messages = {"invalid": _("Send a file, as multipart/form-data.")}

    def to_internal_value(self, data: Any) -> Upload:
        if not isinstance(data, Upload):
            self.fail("invalid")
        return data


def by_form(shape: type[Input]) -> dict[str, type[Input]]:
    """How a body that may bring a file stands in the document: by a form alone. JSON without a file
    is taken, too, and said in words; clients are generated that send JSON wherever it is named."""
    return {"multipart/form-data": shape}


class BytesInput(Input):
    """A file; of material of child abuse nothing but its SHA-256, which JSON may bring, too."""

    file = UploadField(required=False)
    sha256 = Text(max_length=100, required=False)
    remark = Text(max_length=LONGEST_REMARK, required=False)


class ReceiveDocumentInput(BytesInput):
    case = VisibleRow(CASES)
    kind = Labelled(DocumentKind)
    received_on = Day()
    agency = VisibleRow(Agency.objects.all(), required=False)
    person = Text(max_length=200, required=False)
    follows = VisibleRow(Document.objects.all(), required=False)


class CourtBundleInput(Input):
    """Which documents of a case go into one file, and for whom it is."""

    case = VisibleRow(CASES)
    documents = VisibleRows(Document.objects.all(), max_length=MOST)
    to = Text(max_length=200)
    agency = VisibleRow(Agency.objects.all(), required=False)
    language = serializers.ChoiceField(choices=settings.LANGUAGES, default="en")


class RecognitionSerializer(RowSerializer[Recognition]):
    """That a document was said to be material of child abuse, and what the second person said.

    `digests`: SHA-256 of the bytes it is about, as received and as kept.
    """

    shows = (
        "id case document status reason digests said_by answered_by answered_at version "
        "created_at updated_at"
    )

    reason = ForTheTeam()
    said_by = ForTheTeam(source="said_by.username")
    answered_by = ForTheTeam(source="answered_by.username")
