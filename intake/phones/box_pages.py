"""What came back from a phone, rescues apart: which record it is about, then the page of its verb.

It is the page on which it would have been written with a network, and its form is filled in.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from core.refusals import gettext as _
from core.services import Refused
from core.web import FormPage
from intake.models import Box, BoxKind
from intake.phones.kinds import ABOUT, KINDS, about_form, row_meant, view_of
from intake.phones.services.boxes import log_from_box, open_box
from intake.phones.through import uploads, with_days

if TYPE_CHECKING:
    from django.forms import BaseForm, Form
    from django.http import HttpRequest, HttpResponse, HttpResponseBase

    from intake.phones.content import Entered
    from intake.phones.kinds import Kind


class BoxAbout(FormPage):
    """Asks which record it is about, unless it says so itself; then the page of its verb, about
    this `row`."""

    model, permission = Box, open_box.permission
    template_name = "intake/box_about.html"
    title = gettext_lazy("Which record is it about?")
    submit_label = gettext_lazy("Continue")
    keeps_drafts = False

    def before(self) -> str:
        return reverse("intake:phones")

    @property
    def kind(self) -> Kind:
        return KINDS[BoxKind(self.target.kind)]

    @cached_property
    def said(self) -> Entered:
        """Opening it leaves a mark."""
        return open_box(self.target, actor=self.actor)

    def handle(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if row := request.GET.get("row"):
            return self._filled(request, row)
        return super().handle(request, *args, **kwargs)

    def _filled(self, request: HttpRequest, row: str) -> HttpResponseBase:
        try:
            pk = UUID(row)
        except ValueError:
            raise Http404 from None
        page = self._page(pk)
        with uploads(self.said.files) as files:
            attributes = {"box": self.target, "said": self.said, "files": files}
            bound: Any = type(page.__name__, (Filled, page), attributes)
            answer: HttpResponseBase = bound.as_view()(request, pk=pk)
            return answer

    def _page(self, row: UUID) -> type[FormPage]:
        """Where there is a result already, the page on which it is corrected."""
        table: Any = self.kind.view.model
        fresh = not self.kind.again or table.objects.filter(self.kind.first, pk=row).exists()
        return self.kind.view if fresh else view_of(self.kind.again)

    def get_form_class(self) -> type[Form]:
        return about_form(self.kind)

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"prefix": ABOUT}

    def get_initial(self) -> dict[str, object]:
        asked = about_form(self.kind).base_fields
        return {name: self.said.fields.get(f"{ABOUT}-{name}") for name in asked}

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(box=self.target, back_url=self.before(), **kwargs)

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        row = row_meant(self.kind, self.said.fields, self.actor)
        if row:
            return HttpResponseRedirect(f"?row={row.pk}")
        return super().get(request, *args, **kwargs)

    def act(self, form: BaseForm) -> str:
        row = row_meant(self.kind, self.request.POST, self.actor)
        if row is None:
            raise Refused(_("There is no such record, or it is not open to you."))
        return f"?row={row.pk}"


class Filled(FormPage):
    """A page of a verb whose form a phone has filled in."""

    box: Any = None
    said: Any = None
    files: Any = None
    keeps_drafts = False

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        form = self.get_form()
        form.is_valid()  # so that what is wrong is said beside it
        if not self.takes_version:
            return self._again(form, 200)
        answer = self._stale(form, self.target)  # what was entered beside what there is
        answer.status_code = 200
        return answer

    def get_form_kwargs(self) -> dict[str, object]:
        given = super().get_form_kwargs()
        if self.request.method == "GET":
            case: Any = getattr(self.target, "case", self.target)
            kind = KINDS[BoxKind(self.box.kind)]
            given["data"] = with_days(kind, self.said.fields, self.box, case)
        return given | {"files": self.files}

    def get_form(self, form_class: Any = None) -> Any:
        """A file comes from the box, and cannot be sent again."""
        form = super().get_form(form_class)
        for name in self.files.keys() & form.fields.keys():  # a phone may call a file anything
            form.fields[name].widget.input_type = "hidden"
        return form

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(box=self.box, **kwargs)

    def send(self, form: Any) -> str:
        return log_from_box(self.box, act=partial(super().send, form), actor=self.actor)
