"""Exports on pages: ask, see how far it is, decide, take the file."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Perm
from casework.models import Case
from casework.ticks import ticked
from core.files.attachments import attachment
from core.lists.declared import list_of
from core.lists.pages import MOST_COUNTED
from core.web import FormPage, Page
from exchange.exports.forms import AskForm
from exchange.exports.models import Export
from exchange.exports.offer import IDS, PLAIN, What
from exchange.exports.reach import list_for
from exchange.exports.words import facts, narrowed, progress
from exchange.services.exports import (
    AskedExport,
    ask_export,
    read_export,
    read_exports,
)
from exchange.services.giving import take_export

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import FileResponse, HttpRequest, HttpResponse


class Exports(Page):
    """One's own, and what waits for this person."""

    permission = read_exports.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        may_ask = self.actor.has_perm(Perm.EXPORT_MAKE)
        context = read_exports(actor=self.actor) | {"may_ask": may_ask}
        return render(request, "exchange/exports.html", context)


class AskExport(FormPage):
    """Asks for a file and shows its passphrase in the answer itself: nobody sees it again.

    The address says what it is of: `case`, or `what` and what narrows that list.
    """

    once = keeps_drafts = False  # its answer is shown, and kept nowhere
    service, permission, form_class = ask_export, ask_export.permission, AskForm
    template_name = "people/form.html"

    @cached_property
    def case(self) -> Case | None:
        given = self.request.GET.get("case")
        if given is None or "what" in self.request.GET:
            return None
        try:
            case = Case.objects.visible_to(self.actor).filter(pk=UUID(given)).first()
        except ValueError:
            case = None
        if case is None:
            raise Http404
        return case

    @property
    def filters(self) -> dict[str, str]:
        """What narrows the list, as its address takes it."""
        kept = {} if self.case else self.request.GET.dict()
        return {name: value for name, value in kept.items() if name != "what"}

    @property
    def what(self) -> str:
        """Where it is not asked what the file is of."""
        return What.CASE if self.case else ""

    def get_form_kwargs(self) -> dict[str, object]:
        may = {"names": self.actor.has_perm(Perm.EXPORT_IDENTIFY), "lists": self.case is None}
        return super().get_form_kwargs() | may | {"asks": not self.what}

    def get_initial(self) -> dict[str, object]:
        return {"what": self.request.GET.get("what", What.CASES)}

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        about = [(_("Case"), self.case.reference)] if self.case else []
        about += [(_("Narrowed by"), words) for words in narrowed(self.filters)]
        words = {
            "title": _("Take a case away") if self.case else _("Take a list away"),
            "intro": _(
                "A worker writes a locked file. You may take it three times within a day, and the"
                " history records every row in it."
            ),
            "submit_label": _("Ask for the file"),
            "about": about,
            "back_url": reverse("exchange:exports"),
        }
        return super().get_context_data(**(words | kwargs))

    def act(self, form: BaseForm) -> str:
        asked: dict[str, Any] = {"case": self.case, "filters": self.filters}
        asked |= {"what": self.what} if self.what else {}
        self.given_back = ask_export(actor=self.actor, **(form.cleaned_data | asked))
        return str(self.given_back.row.get_absolute_url())

    def answer(self, url: str, form: object) -> HttpResponse:
        made: AskedExport = self.given_back
        context = {"export": made.row, "passphrase": made.passphrase}
        return render(self.request, "exchange/passphrase.html", context)


class AskList(AskExport):
    """The same of a list, from its page: narrowed as it is there, or the rows ticked in it."""

    case = None

    @cached_property
    def what(self) -> str:
        listed: str = self.kwargs["what"]
        if listed not in PLAIN:
            raise Http404
        return listed

    @cached_property
    def filters(self) -> dict[str, str]:
        known, asked = list_of(self.what)[0].filters, self.request.GET
        kept = {name: str(value) for name, value in asked.items() if name in known}
        only = ticked(asked)
        return kept | ({IDS: ",".join(only)} if only else {})

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        _shape, rows, _errors = list_for(self.what, self.actor, self.filters)
        most = MOST_COUNTED + 1
        count = min(rows.order_by().values("pk")[:most].count(), most)
        total = _("more than %(number)s") % {"number": MOST_COUNTED} if count == most else count
        about = [(_("List"), What(self.what).label), (_("Rows open to you"), total)]
        about += [(_("Narrowed by"), words) for words in narrowed(self.filters)]
        return super().get_context_data(**({"about": about} | kwargs))


class ExportPage(Page):
    """How one stands. `X-Fragment`: only how far it is."""

    model, service = Export, read_export

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        context = read_export(self.target, actor=self.actor) | progress(self.target)
        if request.headers.get("X-Fragment") == "1":
            return render(request, "exchange/_export_progress.html", context)
        context |= {"about": facts(self.target, self.actor)}
        return render(request, "exchange/export.html", context)


class TakeExport(Page):
    """The file. By POST: each time counts."""

    model, service = Export, take_export

    def post(self, request: HttpRequest, pk: UUID) -> FileResponse:
        taken = take_export(self.target, actor=self.actor)
        return attachment(taken.text, taken.name, taken.size)


class ExportVerb(FormPage):
    """A step that asks once more."""

    template_name = "people/form.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        words = {
            "submit_label": self.service.label,
            "about": facts(self.target, self.actor),
            "back_url": self.target.get_absolute_url(),
        }
        return super().get_context_data(**words, **kwargs)
