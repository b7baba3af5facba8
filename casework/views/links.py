"""Linking a case with another, and taking the link back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.case_pages import address
from casework.forms.links import LinkForm
from casework.models import CaseLink
from casework.services.links import link_cases, unlink_cases
from casework.views.cases import RecordVerb
from core.verbs.undo import Undo
from core.web import Page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from casework.querysets import CaseLinkQuerySet


class LinkCases(RecordVerb):
    service, form_class, part = link_cases, LinkForm, "borders"
    submit_label = gettext_lazy("Link the cases")

    def taken_back_by(self, row: CaseLink) -> Undo | None:
        return Undo(_("Linked."), reverse("casework:unlink-cases", args=[row.pk]))


class UnlinkCases(Page):
    """The button beside a link."""

    model, service = CaseLink, unlink_cases

    def rows(self) -> CaseLinkQuerySet:
        return CaseLink.objects.known_to(self.actor).select_related("case", "other")

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        unlink_cases(self.target, actor=self.actor)
        return HttpResponseRedirect(address(self.target.case_id, "borders"))
