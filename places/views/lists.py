"""Places and institutions: lists to search, one page each, forms and tables to add from."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from core.verbs.pages import page as verb_page
from core.web import FormPage, Page
from places.enums import AgencyKind, JurisdictionLevel
from places.forms.fields import AgenciesForm, KeepForm, PlacesForm, VacationsForm
from places.history import history_of
from places.models import Agency, Jurisdiction, Outline
from places.naming import meant_by
from places.outlines import Drawing
from places.services import agencies, jurisdictions, vacations

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse
    from django_stubs_ext import StrOrPromise

    from core.sheets.form import SheetForm

MOST = 200  # rows of a list; the search finds the others
LONGEST = 60


class ListPage(Page):
    """A list that is searched by name, and narrowed by a code."""

    permission = agencies.KEEP
    template_name: str
    codes: type[AgencyKind | JurisdictionLevel]

    def kinds(self) -> list[Any]:
        """The codes it is narrowed to, with their words."""
        return list(self.codes.choices)

    def asked(self) -> tuple[str, str]:
        """What is searched for, and the code it is narrowed to; anything odd is nothing."""
        sought = self.request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
        code = self.request.GET.get("kind", "")
        return sought, code if code in dict(self.kinds()) else ""

    def found(self, sought: str, code: str) -> list[Any]:
        raise NotImplementedError

    def get(self, request: HttpRequest) -> HttpResponse:
        sought, code = self.asked()
        rows = self.found(sought, code)
        context = {
            "rows": rows[:MOST],
            "more": len(rows) > MOST,
            "most": MOST,
            "sought": sought,
            "code": code,
            "codes": self.kinds(),
            "keeps_places": self.actor.has_perm(jurisdictions.KEEP),
        }
        return render(request, self.template_name, context)


class Agencies(ListPage):
    """Police, courts and others that act in cases."""

    template_name, codes = "places/agencies.html", AgencyKind

    def found(self, sought: str, code: str) -> list[Agency]:
        rows = Agency.objects.visible_to(self.actor).select_related("jurisdiction")
        if code:
            rows = rows.filter(kind=code)
        if sought:
            there = Q(jurisdiction__code__in=meant_by(sought))
            there |= Q(jurisdiction__name__icontains=sought)
            rows = rows.filter(Q(name__icontains=sought) | there)
        return list(rows.order_by("-is_active", "name", "pk")[: MOST + 1])


class Places(ListPage):
    """Countries, their parts and cities."""

    template_name, codes = "places/places.html", JurisdictionLevel

    def found(self, sought: str, code: str) -> list[Jurisdiction]:
        rows = Jurisdiction.objects.visible_to(self.actor).select_related("parent")
        if code:
            rows = rows.filter(level=code)
        if sought:
            meant = meant_by(sought)
            named = Q(name__icontains=sought) | Q(parent__name__icontains=sought)
            named |= Q(code__in=meant) | Q(parent__code__in=meant)
            rows = rows.filter(named | Q(code__iexact=sought) | Q(register_code=sought))
        return list(rows.order_by("-is_active", "code")[: MOST + 1])


class OneRow(Page):
    """What is known of one of them, and who changed it."""

    permission = agencies.KEEP
    template_name: str
    keep: str

    def shown(self) -> dict[str, object]:
        """What its page tells beside what every such page does."""
        return {}

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        stands = getattr(self.target, "merged_into_id", None) is None
        context = {
            "row": self.target,
            "history": history_of(self.target),
            "keeps": stands and self.actor.has_perm(self.keep),
            "keeps_courts": stands and self.actor.has_perm(agencies.KEEP),
            "merges": stands and self.actor.has_perm(jurisdictions.KEEP),
        }
        return render(request, self.template_name, context | self.shown())


class OnePlace(OneRow):
    model, template_name, keep = Jurisdiction, "places/place.html", jurisdictions.KEEP

    def shown(self) -> dict[str, object]:
        outline = Outline.objects.filter(place=self.target).first()
        return {"drawing": outline and Drawing(outline.geometry)}


class KeepPage(FormPage):
    """A verb that adds or changes one of them."""

    form_base: ClassVar[type[KeepForm]] = KeepForm
    template_name = "places/form.html"
    submit_label: StrOrPromise = gettext_lazy("Save")
    listed = "places:agencies"

    def back(self) -> str:
        return str(self.target.get_absolute_url()) if self.is_about_a_row else reverse(self.listed)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(**({"back_url": self.back()} | kwargs))


class TablePage(FormPage):
    """Lines of CSV: the first press checks and shows them, the second keeps them all."""

    template_name = "places/table.html"
    takes_files = True
    listed = "places:agencies"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(**({"back_url": self.after()} | kwargs))

    def form_valid(self, form: SheetForm) -> HttpResponse:
        sheet = form.sheet
        if self.request.POST.get("keep") != getattr(sheet, "digest", None):
            again = form.as_pasted()
            return self.render_to_response(self.get_context_data(form=again, sheet=sheet))
        return super().form_valid(form)

    def after(self) -> str:
        return reverse(self.listed)


class AgenciesTable(TablePage):
    service, form_class = agencies.add_agencies, AgenciesForm


class VacationsTable(TablePage):
    service, form_class = vacations.add_vacations, VacationsForm


class PlacesTable(TablePage):
    service, form_class = jurisdictions.add_places, PlacesForm
    listed = "places:places"


page = partial(verb_page, KeepPage)
