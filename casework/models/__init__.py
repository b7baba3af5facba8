"""The case file: cases and their teams, sites, rescues."""

from casework.models.cases import Assignment, Case, ReferenceCounter
from casework.models.records import CaseRecord
from casework.models.rescues import Narrative, Rescue, RescueAgency, RescueSite
from casework.models.sites import Site, SitePlace

__all__ = [
    "Assignment",
    "Case",
    "CaseRecord",
    "Narrative",
    "ReferenceCounter",
    "Rescue",
    "RescueAgency",
    "RescueSite",
    "Site",
    "SitePlace",
]
