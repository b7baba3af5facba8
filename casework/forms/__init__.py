"""Shapes of the forms about a case."""

from casework.forms.agencies import AgencyChoice
from casework.forms.cases import (
    AssignForm,
    CaseForm,
    GroupedChoice,
    PastDay,
    PlaceChoice,
    RecordForm,
    SiteForm,
    places_around,
    places_of,
)

__all__ = [
    "AgencyChoice",
    "AssignForm",
    "CaseForm",
    "GroupedChoice",
    "PastDay",
    "PlaceChoice",
    "RecordForm",
    "SiteForm",
    "places_around",
    "places_of",
]
