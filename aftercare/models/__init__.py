"""Care: who gives it, who was referred to whom, where people sleep, what is planned and done."""

from aftercare.models.assessments import Assessment
from aftercare.models.claims import ClaimPayment, CompensationClaim
from aftercare.models.placements import Placement
from aftercare.models.plans import CarePlan, FollowUp, Goal, PlanReview
from aftercare.models.providers import Provider, ProviderStaff
from aftercare.models.referrals import ProgressNote, Referral
from aftercare.models.rehabilitation import (
    BankReference,
    Entitlement,
    RehabilitationPayment,
    RehabilitationScheme,
    ReleaseCertificate,
    SchemeRate,
)
from aftercare.models.repatriations import Escort, Repatriation
from aftercare.models.services import ServiceRecord, SessionNote

__all__ = [
    "Assessment",
    "BankReference",
    "CarePlan",
    "ClaimPayment",
    "CompensationClaim",
    "Entitlement",
    "Escort",
    "FollowUp",
    "Goal",
    "Placement",
    "PlanReview",
    "ProgressNote",
    "Provider",
    "ProviderStaff",
    "Referral",
    "RehabilitationPayment",
    "RehabilitationScheme",
    "ReleaseCertificate",
    "Repatriation",
    "SchemeRate",
    "ServiceRecord",
    "SessionNote",
]
