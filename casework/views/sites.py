"""A site: its page and its verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.forms.sites import CloseSiteForm, CorrectSiteForm, ReopenSiteForm, SameSiteForm
from casework.models import SameSite, Site, SitePlace
from casework.services.site_page import open_place, read_site
from casework.services.sites import (
    close_site,
    correct_site,
    other_site,
    reopen_site,
    same_site,
)
from casework.views.cases import ITS_CASE, RecordVerb, VersionedVerb
from casework.views.inquiry import OpenWords
from core.web import OncePage, RowPage

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest


class SitePage(RowPage):
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


class CorrectSite(VersionedVerb, SiteVerb):
    service, form_class = correct_site, CorrectSiteForm
    title = gettext_lazy("Correct a site")
    intro = gettext_lazy("The former values stay in the history.")

    def after(self) -> str:
        return str(self.target.get_absolute_url())

    def get_initial(self) -> dict[str, Any]:
        site = self.target
        place = {"jurisdiction": site.jurisdiction.code}
        return place | {"kind": site.kind, "setting": site.setting}


class CloseSite(OncePage, SiteVerb):
    service, form_class = close_site, CloseSiteForm
    title = gettext_lazy("A site was closed")
    intro = gettext_lazy("When, and by which authority. If it opens again, record that as well.")


class ReopenSite(OncePage, SiteVerb):
    service, form_class = reopen_site, ReopenSiteForm
    title = gettext_lazy("A site is open again")
    intro = gettext_lazy("That it was closed stays on record.")


class MarkSame(OncePage, SiteVerb):
    service, form_class = same_site, SameSiteForm
    title = gettext_lazy("The same place as another site")
    intro = gettext_lazy("It then stands on both pages, for those who may see the other site.")


class MarkOther(RowPage):
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
