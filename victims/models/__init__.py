"""Survivors: who they are, what was done to them, what they agreed to, records of one person."""

from victims.models.background import Background, Particular, Sibling
from victims.models.duplicates import Confirmation, Match, VictimMerge
from victims.models.exploitation import Evidence, Exploitation, Indicator, RouteStop
from victims.models.people import (
    ALPHABET,
    FormerIdentity,
    Identity,
    IncidentSurvivor,
    Involvement,
    Victim,
    new_code,
)
from victims.models.records import SurvivorRecord
from victims.models.sharing import Consent, Share, Withdrawal

__all__ = [
    "ALPHABET",
    "Background",
    "Confirmation",
    "Consent",
    "Evidence",
    "Exploitation",
    "FormerIdentity",
    "Identity",
    "IncidentSurvivor",
    "Indicator",
    "Involvement",
    "Match",
    "Particular",
    "RouteStop",
    "Share",
    "Sibling",
    "SurvivorRecord",
    "Victim",
    "VictimMerge",
    "Withdrawal",
    "new_code",
]
