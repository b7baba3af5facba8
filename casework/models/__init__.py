"""The case file: cases and their teams, sites, rescues."""

from casework.models.at_hand import OpenedCase
from casework.models.cases import Assignment, Case, ReferenceCounter
from casework.models.closings import Closing, ClosingWords
from casework.models.documents import (
    CustodyEvent,
    Document,
    DocumentVersion,
    StoredFile,
)
from casework.models.inquiry import (
    InvestigationStep,
    Lead,
    LeadWords,
    OnlineIncident,
    StepWords,
)
from casework.models.knowing import BreakGlass, Conflict, Disclosure, Seal
from casework.models.links import CaseLink
from casework.models.notes import FormerNote, Note
from casework.models.plans import RescuePlan
from casework.models.recognitions import Recognition
from casework.models.records import CaseRecord
from casework.models.rescues import Narrative, Rescue, RescueAgency, RescueSite
from casework.models.sites import SameSite, Site, SiteClosing, SitePlace
from casework.models.task_rules import TaskRule
from casework.models.tasks import AskAgain, DerivedTask, Snooze, Task
from casework.models.transfers import Transfer

__all__ = [
    "AskAgain",
    "Assignment",
    "BreakGlass",
    "Case",
    "CaseLink",
    "CaseRecord",
    "Closing",
    "ClosingWords",
    "Conflict",
    "CustodyEvent",
    "DerivedTask",
    "Disclosure",
    "Document",
    "DocumentVersion",
    "FormerNote",
    "InvestigationStep",
    "Lead",
    "LeadWords",
    "Narrative",
    "Note",
    "OnlineIncident",
    "OpenedCase",
    "Recognition",
    "ReferenceCounter",
    "Rescue",
    "RescueAgency",
    "RescuePlan",
    "RescueSite",
    "SameSite",
    "Seal",
    "Site",
    "SiteClosing",
    "SitePlace",
    "Snooze",
    "StepWords",
    "StoredFile",
    "Task",
    "TaskRule",
    "Transfer",
]
