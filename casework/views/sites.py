"""A site: its page and its verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.forms.sites import (
    CloseSiteForm,
    ReopenSiteForm,
    SameSiteForm,
    SiteFilter,
)
from casework.models import SameSite, Site, SiteClosing, SitePlace
from casework.models.records import ITS_CASE
from casework.services.site_page import open_place, read_site, read_sites
from casework.services.sites import (
    close_site,
    correct_closing,
    correct_site,
    other_site,
    place_site,
    reopen_site,
    same_site,
)
from casework.views.cases import RecordVerb
from casework.views.inquiry import OpenWords
from core import pagination
from core.pagination import BadPage, Sort
from core.undo import Undo
from core.web import Page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest


NEWEST = Sort(("created_at", "id"), descending=True)


class Sites(Page):
    """Sites of cases open to the reader, by kind and place."""

    service, permission = read_sites, read_sites.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        path, form = reverse("casework:sites"), SiteFilter(request.GET, user=self.actor)
        rows = form.narrow(Site.objects.visible_to(self.actor).with_closing())
        rows = rows.select_related("case", "jurisdiction")
        try:
            page = pagination.paginate(rows, NEWEST, request.GET.get("cursor", ""))
        except BadPage:  # an old or mistyped link: show the first page rather than an error
            return HttpResponseRedirect(path)
        chosen = form.chosen()
        shown = {
            "form": form,
            "path": path,
            "chosen": chosen,
            "sites": read_sites(page.rows, actor=self.actor),
            "next_url": pagination.link(path, chosen, page.next),
            "previous_url": pagination.link(path, chosen, page.previous),
        }
        return render(request, "casework/sites.html", shown)


class SitePage(Page):
    """What is known of a site, in this case and in others as far as they are open."""

    model, service = Site, read_site

    def rows(self) -> Any:
        return super().rows().select_related(*ITS_CASE, "jurisdiction")

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return render(request, "casework/site.html", read_site(self.target, actor=self.actor))


class SiteVerb(RecordVerb):
    """A verb on a site, which stands above the form."""

    model, beside = Site, (*ITS_CASE, "jurisdiction")

    def about(self) -> list[tuple[Any, Any]]:
        return [(_("Site"), f"{self.target.code}, {self.target.get_kind_display()}")]

    def after(self) -> str:
        return str(self.target.get_absolute_url())


class CorrectSite(SiteVerb):
    service = correct_site
    title = gettext_lazy("Correct a site")
    intro = gettext_lazy("The former values stay in the history.")

    def after(self) -> str:
        return str(self.target.get_absolute_url())

    def get_initial(self) -> dict[str, Any]:
        site = self.target
        place = {"jurisdiction": site.jurisdiction.code}
        return place | {"kind": site.kind, "setting": site.setting}


class CloseSite(SiteVerb):
    service, form_class = close_site, CloseSiteForm
    title = gettext_lazy("A site was closed")
    intro = gettext_lazy("When, and by which authority. If it opens again, record that as well.")


class PlaceSite(SiteVerb):
    service = place_site
    title = gettext_lazy("Where exactly it is")
    intro = gettext_lazy("Open to the team of the case only. Each reading is recorded.")


class CorrectClosing(SiteVerb):
    model: Any = SiteClosing
    beside = (*ITS_CASE, "site")
    service, form_class = correct_closing, CloseSiteForm
    title = gettext_lazy("Correct a closing")
    intro = gettext_lazy("When, and by which authority. The former values stay in the history.")

    def about(self) -> list[tuple[Any, Any]]:
        site = self.target.site
        return [(_("Site"), f"{site.code}, {site.get_kind_display()}")]

    def get_initial(self) -> dict[str, Any]:
        return {"closed_on": self.target.closed_on, "closed_by": self.target.closed_by_id}

    def after(self) -> str:
        return str(self.target.site.get_absolute_url())


class ReopenSite(SiteVerb):
    service, form_class = reopen_site, ReopenSiteForm
    title = gettext_lazy("A site is open again")
    intro = gettext_lazy("That it was closed stays on record.")


class MarkSame(SiteVerb):
    service, form_class = same_site, SameSiteForm
    title = gettext_lazy("The same place as another site")
    intro = gettext_lazy("The link then shows on both pages, to people who may see the other site.")

    def taken_back_by(self, row: SameSite) -> Undo | None:
        return Undo(_("One place."), reverse("casework:other-site", args=[row.pk]))


class MarkOther(Page):
    """The button beside a site that was taken for the same."""

    model, service = SameSite, other_site

    def rows(self) -> Any:
        rows = SameSite.objects.known_to(self.actor)
        return rows.select_related("site__case", "other__case")

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        other_site(self.target, actor=self.actor)
        return HttpResponseRedirect(self.target.get_absolute_url())


class OpenPlace(OpenWords):
    """Where exactly a site is: fetched only on opening, and recorded."""

    model, service = SitePlace, open_place
