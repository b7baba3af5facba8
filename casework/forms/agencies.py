"""Choosing an institution: under its country, those of the case's country first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.db.models.functions import Left

from casework.forms.cases import GroupedChoice, Offering, RecordForm
from places.models import Agency, Jurisdiction

if TYPE_CHECKING:
    from uuid import UUID


class AgencyChoice(Offering, GroupedChoice):
    """Institutions that still exist, under their countries, those of the case's country first."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Agency.objects.none(), **{"required": False, **kwargs})
        self.countries: dict[str, str] = {}

    def offer_in(self, form: RecordForm) -> None:
        self.around(form.case.jurisdiction)

    def around(self, place: Jurisdiction, kind: str = "", kept: UUID | None = None) -> None:
        """Offer every institution, or those of a kind, seen from this place; and the one named so
        far (`kept`), whatever became of it, so that no correction of something else loses it."""
        countries = Jurisdiction.objects.filter(parent__isnull=True)
        self.countries = dict(countries.values_list("code", "name"))
        home = place.country
        still = Q(is_active=True, kind=kind) if kind else Q(is_active=True)
        self.queryset = (
            Agency.objects.filter(still | Q(pk=kept))
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


RecordForm.takes[Agency] = AgencyChoice
