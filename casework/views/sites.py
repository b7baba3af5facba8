"""A site: its page and its verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.list_views import page_of
from casework.forms.sites import (
    SameSiteForm,
    SiteFilter,
)
from casework.models import SameSite, Site, SitePlace
from casework.services.site_page import open_place, read_site, read_sites
from casework.services.sites import (
    other_site,
    same_site,
)
from casework.views.cases import RecordVerb
from casework.views.inquiry import OpenWords
from core.lists.pagination import BadPage
from core.verbs.undo import Undo
from core.web import Page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from casework.querysets import SameSiteQuerySet


class Sites(Page):
    """Sites of cases open to the reader, by kind and place."""

    service, permission = read_sites, read_sites.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            page = page_of(SiteFilter(request.GET.dict(), user=self.actor))
        except BadPage:  # an old or mistyped link: show the first page rather than an error
            return HttpResponseRedirect(reverse("casework:sites"))
        context = {"list": page, "sites": read_sites(page.rows, actor=self.actor)}
        return render(request, "casework/sites.html", context)


class SitePage(Page):
    """What is known of a site, in this case and in others as far as they are open."""

    model, service = Site, read_site

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return render(request, "casework/site.html", read_site(self.target, actor=self.actor))


class MarkSame(RecordVerb):
    """By hand: it can be taken back."""

    model, service, form_class = Site, same_site, SameSiteForm

    def taken_back_by(self, row: SameSite) -> Undo | None:
        return Undo(_("One place."), reverse("casework:other-site", args=[row.pk]))


class MarkOther(Page):
    """The button beside a site that was taken for the same."""

    model, service = SameSite, other_site

    def rows(self) -> SameSiteQuerySet:
        rows = SameSite.objects.known_to(self.actor)
        return rows.select_related("site__case", "other__case")

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        other_site(self.target, actor=self.actor)
        return HttpResponseRedirect(self.target.get_absolute_url())


class OpenPlace(OpenWords):
    """Where exactly a site is: fetched only on opening, and recorded."""

    model, service = SitePlace, open_place
