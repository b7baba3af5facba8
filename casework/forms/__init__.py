"""Shapes of the forms about a case."""

from casework.forms.agencies import AgencyChoice
from casework.forms.cases import (
    CaseForm,
    GroupedChoice,
    Offering,
    PlaceChoice,
    RecordForm,
    SamePlace,
    SiteForm,
    Today,
    places_around,
    places_of,
)

__all__ = [
    "AgencyChoice",
    "CaseForm",
    "GroupedChoice",
    "Offering",
    "PlaceChoice",
    "RecordForm",
    "SamePlace",
    "SiteForm",
    "Today",
    "places_around",
    "places_of",
]
