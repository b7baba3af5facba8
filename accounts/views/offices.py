"""Offices, for the system administrator: the list, one each, opened and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q
from django.shortcuts import render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from accounts.forms.offices import OfficesForm
from accounts.models import Office
from accounts.permissions import Perm
from accounts.services.offices import open_offices
from core.web import Page
from places.court_days import rest_days
from places.currencies import currency_of
from places.history import history_of
from places.naming import meant_by
from places.views.lists import MOST, ListPage, TablePage

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

OPEN, CLOSED, PRACTICE = "open", "closed", "practice"
KINDS: dict[str, dict[str, bool]] = {
    OPEN: {"closed_on__isnull": True},
    CLOSED: {"closed_on__isnull": False},
    PRACTICE: {"is_practice": True},
}


class Offices(ListPage):
    """All of them, by name or place; by whether they are open."""

    permission = Perm.OFFICE_KEEP
    template_name = "people/offices.html"

    def kinds(self) -> list[Any]:
        return [(OPEN, _("Open")), (CLOSED, _("Closed")), (PRACTICE, _("Practice"))]

    def found(self, sought: str, code: str) -> list[Office]:
        rows = Office.objects.visible_to(self.actor).select_related("jurisdiction")
        if code:
            rows = rows.filter(**KINDS[code])
        if sought:
            there = Q(jurisdiction__code__in=meant_by(sought))
            there |= Q(jurisdiction__name__icontains=sought) | Q(prefix__iexact=sought)
            rows = rows.filter(Q(name__icontains=sought) | Q(code__icontains=sought) | there)
        return list(rows.order_by("name", "pk")[: MOST + 1])


class OfficesTable(TablePage):
    service, form_class = open_offices, OfficesForm
    listed = "people:offices"


class OneOffice(Page):
    model: Any = Office
    permission = Perm.OFFICE_KEEP

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        place = self.target.jurisdiction
        context = {
            "row": self.target,
            "language": dict(settings.LANGUAGES).get(self.target.language, ""),
            "currency": self.target.currency or (currency_of(place.country) if place else ""),
            "rest_days": [WEEKDAYS[day] for day in rest_days(place)] if place else [],
            "history": history_of(self.target),
        }
        return render(request, "people/office.html", context)
