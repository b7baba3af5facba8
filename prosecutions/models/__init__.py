"""Those responsible, and what justice did."""

from prosecutions.models.answers import Answer
from prosecutions.models.courts import (
    Appeal,
    Charge,
    ChargeDecision,
    ChargeVictim,
    Judgment,
)
from prosecutions.models.custody import Custody, CustodyClock
from prosecutions.models.feeds import CalendarFeed
from prosecutions.models.hearings import Hearing
from prosecutions.models.laws import LawVersion, Provision
from prosecutions.models.networks import Corridor, CorridorLeg, Network, NetworkMember
from prosecutions.models.people import (
    Alias,
    Arrest,
    Merge,
    OffenderMatch,
    Perpetrator,
    Suspect,
    SuspectMet,
)
from prosecutions.models.proceedings import (
    Complaint,
    ComplaintSuspect,
    PoliceReport,
    Prosecution,
    StageReached,
)
from prosecutions.models.requests import AssistanceRequest
from prosecutions.models.sentences import CompensationPayment, CompensationShare, Sentence
from prosecutions.models.survivors import Accusation, Participation, ProtectiveMeasure

__all__ = [
    "Accusation",
    "Alias",
    "Answer",
    "Appeal",
    "Arrest",
    "AssistanceRequest",
    "CalendarFeed",
    "Charge",
    "ChargeDecision",
    "ChargeVictim",
    "CompensationPayment",
    "CompensationShare",
    "Complaint",
    "ComplaintSuspect",
    "Corridor",
    "CorridorLeg",
    "Custody",
    "CustodyClock",
    "Hearing",
    "Judgment",
    "LawVersion",
    "Merge",
    "Network",
    "NetworkMember",
    "OffenderMatch",
    "Participation",
    "Perpetrator",
    "PoliceReport",
    "Prosecution",
    "ProtectiveMeasure",
    "Provision",
    "Sentence",
    "StageReached",
    "Suspect",
    "SuspectMet",
]
