"""Documents and evidence of a case: received, passed on, and given out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from casework.forms.papers import (
    HashForm,
    HashVersionForm,
    ReceivedForm,
    VersionForm,
)
from casework.models import CustodyEvent, Document, DocumentVersion, Recognition
from casework.models.records import ITS_CASE
from casework.paper_codes import DocumentKind, RecognitionStatus
from casework.services.documents import (
    add_version,
    open_original,
    open_version,
    read_document,
    receive_document,
    record_custody,
)
from casework.services.recognising import (
    destroy_material,
    known_material,
    refuse_recognition,
)
from casework.views.cases import RecordVerb
from core.access import IDENTITY
from core.files.attachments import attachment
from core.web import Page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import FileResponse, HttpRequest, HttpResponse

    from casework.services.documents import Opened
    from core.services import Service


class ReceiveDocument(RecordVerb):
    service, form_class, part = receive_document, ReceivedForm, "documents"
    takes_files = True
    template_name = "casework/receive_form.html"
    title = gettext_lazy("Add documents")
    submit_label = gettext_lazy("Add")

    def get_initial(self) -> dict[str, Any]:
        return {"received_on": self.case.jurisdiction.today}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(after_url=self.after(), **kwargs)

    def act(self, form: Any) -> str:
        values = dict(form.cleaned_data)
        for file in values.pop("file"):
            receive_document(self.target, file=file, actor=self.actor, **values)
        return self.after()


class RecordHash(RecordVerb):
    """Of material of child abuse: its hash, worked out where it lies. The material never moves."""

    service, form_class, part = receive_document, HashForm, "documents"
    template_name = "casework/hash_form.html"
    title = gettext_lazy("Record material of child abuse by its hash")
    submit_label = gettext_lazy("Record")

    def get_initial(self) -> dict[str, Any]:
        return {"received_on": self.case.jurisdiction.today}

    def act(self, form: Any) -> str:
        kind = DocumentKind.ABUSE_MATERIAL
        receive_document(self.target, kind=kind, actor=self.actor, **form.cleaned_data)
        return self.after()


class AddVersion(RecordVerb):
    model, service, takes_files = Document, add_version, True
    template_name = "casework/version_form.html"

    def get_form_class(self) -> Any:
        return HashVersionForm if self.target.never_stored else VersionForm


class RecordCustody(RecordVerb):
    model, service = Document, record_custody

    def get_initial(self) -> dict[str, Any]:
        return {"happened_on": self.case.jurisdiction.today}


class AnswerRecognition(Page):
    """The buttons of the second person."""

    model = Recognition
    service: ClassVar[Service[..., Any]]

    def rows(self) -> Any:
        return super().rows().select_related("case__jurisdiction", "document")

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        self.service(self.target, actor=self.actor)
        return HttpResponseRedirect(self.before())


class DestroyMaterial(AnswerRecognition):
    service = destroy_material


class RefuseRecognition(AnswerRecognition):
    service = refuse_recognition


class ShowDocument(Page):
    """One document: its versions with their hashes, and the way it went."""

    model, service = Document, read_document

    def rows(self) -> Any:
        return super().rows().select_related(*ITS_CASE, "added_by")

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        document, actor = self.target, self.actor
        versions = DocumentVersion.objects.visible_to(actor).filter(document=document)
        versions = versions.select_related("file", "original", "received_by").order_by("-number")
        custody = CustodyEvent.objects.visible_to(actor).filter(document=document)
        custody = custody.select_related("agency", "recorded_by")
        rows = Recognition.objects.visible_to(actor).filter(document=document)
        recognitions = list(rows.select_related("said_by", "answered_by").order_by("-created_at"))
        there: tuple[list[Any], list[Any]] = (
            list(versions),
            list(custody.order_by("-happened_on", "-created_at")),
        )
        said_now = any(row.status == RecognitionStatus.SAID for row in recognitions)
        ended = (row for row in recognitions if row.status == RecognitionStatus.DESTROYED)
        destroyed = {digest for row in ended for digest in row.digests}
        for version in there[0]:
            version.destroyed = not version.file and version.digest in destroyed
            version.shut = version.file and (said_now or known_material(bytes(version.sha256)))
        records = [row for several in (*there, recognitions) for row in several]
        read_document(document, shown=records, actor=actor)
        return render(
            request,
            "casework/document.html",
            {
                "versions": there[0],
                "custody": there[1],
                "document": document,
                "recognitions": recognitions,
                "in_team": actor.scope.reaches(document.case, IDENTITY),
                "closed": any(version.shut for version in there[0]),
                "said_now": said_now,
                "scans": bool(settings.SCAN_COMMAND),
                "case": document.case,
                "may_destroy": actor.has_perm(destroy_material.permission),
                "opens": actor.has_perm(open_version.permission),
                "may_change": actor.has_perm(add_version.permission),
                "may_open_original": actor.has_perm(open_original.permission),
            },
        )


class Download(Page):
    """The file of a version: as an attachment, never as a page."""

    model, service = DocumentVersion, open_version

    def rows(self) -> Any:
        return super().rows().select_related("case", "document", "file", "original")

    def get(self, request: HttpRequest, pk: UUID) -> FileResponse:
        opened: Opened = self.service(self.target, actor=self.actor)
        return attachment(opened.text, opened.name, opened.size)


class DownloadOriginal(Download):
    """The untouched original of evidence, after a second factor."""

    service = open_original
