"""Documents for a court: areas painted black, and one file of several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.files.redacting import page_number
from casework.forms.papers import CourtBundleForm
from casework.models import DocumentVersion
from casework.models.records import ITS_CASE
from casework.services.court_bundles import bundle_for_court
from casework.services.redacting import redact_version, show_page
from casework.views.cases import RecordVerb
from core.files.attachments import attachment, picture
from core.services import Refused
from core.web import Page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from casework.services.documents import Opened


class ShowPage(Page):
    """One page of a version as a picture."""

    model, service = DocumentVersion, show_page

    def rows(self) -> Any:
        return super().rows().select_related("case", "document", "file", "original")

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        number = page_number(request.GET.get("page", ""))
        return picture(show_page(self.target, page=number, actor=self.actor).png)


class RedactVersion(RecordVerb):
    """With the pages to draw on, one at a time."""

    model, service = DocumentVersion, redact_version
    beside = (*ITS_CASE, "document", "file", "original")
    template_name = "casework/redact_form.html"
    submit_label = gettext_lazy("Make the copy")

    def about(self) -> list[tuple[Any, Any]]:
        document = self.target.document
        words = _("%(code)s, version %(n)s") % {"code": document.code, "n": self.target.number}
        return [(_("Document"), f"{words}, {document.get_kind_display()}")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            page = show_page(self.target, page=self.number, actor=self.actor)
        except Refused as refusal:
            return super().get_context_data(cannot=str(refusal), **kwargs)
        pages: dict[str, Any] = {"page": page.number, "pages": page.of}
        address = reverse("casework:page", args=[self.target.pk])
        pages["picture_url"] = f"{address}?page={page.number}"
        pages["numbers"] = range(1, page.of + 1)
        return super().get_context_data(**pages, **kwargs)

    @property
    def number(self) -> int:
        return page_number(self.request.POST.get("shown") or self.request.GET.get("page", ""))


class CourtBundle(RecordVerb):
    """As a download."""

    service, form_class = bundle_for_court, CourtBundleForm
    submit_label = gettext_lazy("Make the file")
    once = keeps_drafts = False  # its answer is the file

    def answer(self, url: str, form: object) -> Any:
        opened: Opened = self.given_back
        return attachment(opened.text, opened.name, opened.size)
