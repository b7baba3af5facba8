"""Fields that several forms of this app use: they know what to offer for a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from aftercare.models import Provider
from casework.forms import Offering, RecordForm
from places.enums import AgencyKind
from places.models import Agency

if TYPE_CHECKING:
    from django.db.models import QuerySet


def providers_near(form: RecordForm) -> QuerySet[Provider]:
    country = form.case.jurisdiction.country
    rows = Provider.objects.visible_to(form.user).filter(is_active=True)
    return rows.filter(jurisdiction__code__startswith=country).order_by("name")


class ProviderChoice(Offering, forms.ModelChoiceField):
    """Providers of the case's country."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Provider.objects.none(), **kwargs)

    def offer_in(self, form: RecordForm) -> None:
        self.queryset = providers_near(form)


class AnyProvider(ProviderChoice):
    """Providers wherever they are that the reader may see."""

    def offer_in(self, form: RecordForm) -> None:
        rows = Provider.objects.visible_to(form.user).filter(is_active=True)
        self.queryset = rows.order_by("name")


class AuthorityChoice(Offering, forms.ModelChoiceField):
    """Authorities of the case's country that may free somebody or pay."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Agency.objects.none(), **kwargs)

    def offer_in(self, form: RecordForm) -> None:
        rows = Agency.objects.active().within(form.case.jurisdiction.country)
        self.queryset = rows.exclude(kind__in=(AgencyKind.SHELTER, AgencyKind.NGO)).order_by("name")


class AnyAuthority(AuthorityChoice):
    def offer_in(self, form: RecordForm) -> None:
        self.queryset = Agency.objects.active().order_by("name")
