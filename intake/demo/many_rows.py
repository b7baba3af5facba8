"""Rows of many tables, gathered and then written together as the owner of the tables.

The database does the rest: it copies office and level from the case and keeps the history.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, TypeVar

from django.db import connection

from aftercare.models import (
    Assessment,
    CarePlan,
    Entitlement,
    FollowUp,
    Placement,
    PlanReview,
    Provider,
    Referral,
    RehabilitationPayment,
    ReleaseCertificate,
    ServiceRecord,
)
from casework.models import (
    Assignment,
    Case,
    Closing,
    ClosingWords,
    OnlineIncident,
    Rescue,
    RescueSite,
    Site,
    SiteClosing,
)
from prosecutions.models import (
    Arrest,
    AssistanceRequest,
    Charge,
    ChargeDecision,
    ChargeVictim,
    Complaint,
    ComplaintSuspect,
    Hearing,
    Judgment,
    Participation,
    Perpetrator,
    PoliceReport,
    Prosecution,
    Sentence,
    StageReached,
    Suspect,
)
from victims.models import Consent, IncidentSurvivor, Involvement, Share, Sibling, Victim

R = TypeVar("R")
ORDER: tuple[Any, ...] = (  # a case before what hangs from it
    Provider,
    Case,
    Assignment,
    Rescue,
    Site,
    RescueSite,
    SiteClosing,
    Involvement,
    Victim,
    Sibling,
    OnlineIncident,
    IncidentSurvivor,
    Consent,
    Share,
    Referral,
    ServiceRecord,
    Placement,
    CarePlan,
    PlanReview,
    Assessment,
    FollowUp,
    ReleaseCertificate,
    Entitlement,
    RehabilitationPayment,
    Suspect,
    Perpetrator,
    Arrest,
    Complaint,
    ComplaintSuspect,
    PoliceReport,
    Prosecution,
    Participation,
    StageReached,
    Hearing,
    AssistanceRequest,
    Charge,
    ChargeVictim,
    Judgment,
    ChargeDecision,
    Sentence,
    Closing,
    ClosingWords,
)
AT_A_TIME = 1000


def tell_the_planner() -> None:
    """Of rows written in this transaction: until it ends nobody else does, and a report that goes
    by no statistics takes minutes."""
    with connection.cursor() as cursor:
        cursor.execute("analyze")


class Rows:
    """What is to be written."""

    def __init__(self) -> None:
        self.by_table: dict[Any, list[Any]] = defaultdict(list)

    def add(self, row: R) -> R:
        self.by_table[type(row)].append(row)
        return row

    def write(self) -> None:
        for table in ORDER:
            table.objects.bulk_create(self.by_table.pop(table, ()), batch_size=AT_A_TIME)
        if self.by_table:
            raise LookupError(sorted(table.__name__ for table in self.by_table))
