"""Choosing an institution: under its country, those of the case's country first."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.db.models.functions import Left

from casework.forms.cases import GroupedChoice
from places.models import Agency, Jurisdiction


class AgencyChoice(GroupedChoice):
    """Institutions that still exist, under their countries, those of the case's country first."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Agency.objects.none(), required=False, **kwargs)
        self.countries: dict[str, str] = {}

    def around(self, place: Jurisdiction) -> None:
        """Offer every institution, seen from this place."""
        countries = Jurisdiction.objects.filter(parent__isnull=True)
        self.countries = dict(countries.values_list("code", "name"))
        home = place.country
        self.queryset = (
            Agency.objects.active()
            .annotate(
                land=Left("jurisdiction__code", 2),
                at_home=Q(jurisdiction__code__startswith=home),
            )
            .order_by("-at_home", "land", "name")
        )

    def group(self, row: Any) -> Any:
        return row.land

    def heading(self, first: Any) -> str:
        return self.countries.get(first.land, first.land)
