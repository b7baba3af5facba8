"""Those responsible, and what justice did."""

from prosecutions.models.courts import Appeal, Charge, ChargeDecision, Judgment, Sentence
from prosecutions.models.custody import Custody
from prosecutions.models.feeds import CalendarFeed
from prosecutions.models.hearings import Hearing
from prosecutions.models.people import Arrest, Perpetrator, Suspect
from prosecutions.models.proceedings import Complaint, ComplaintSuspect, Prosecution, Provision

__all__ = [
    "Appeal",
    "Arrest",
    "CalendarFeed",
    "Charge",
    "ChargeDecision",
    "Complaint",
    "ComplaintSuspect",
    "Custody",
    "Hearing",
    "Judgment",
    "Perpetrator",
    "Prosecution",
    "Provision",
    "Sentence",
    "Suspect",
]
