"""The case file: cases and their teams, sites, rescues."""

from casework.models.cases import Assignment, Case, ReferenceCounter
from casework.models.closings import Closing
from casework.models.knowing import BreakGlass, Conflict, Disclosure, Seal
from casework.models.links import CaseLink
from casework.models.records import CaseRecord
from casework.models.rescues import Narrative, Rescue, RescueAgency, RescueSite
from casework.models.sites import Site, SitePlace
from casework.models.tasks import Snooze, Task
from casework.models.transfers import Transfer

__all__ = [
    "Assignment",
    "BreakGlass",
    "Case",
    "CaseLink",
    "CaseRecord",
    "Closing",
    "Conflict",
    "Disclosure",
    "Narrative",
    "ReferenceCounter",
    "Rescue",
    "RescueAgency",
    "RescueSite",
    "Seal",
    "Site",
    "SitePlace",
    "Snooze",
    "Task",
    "Transfer",
]
