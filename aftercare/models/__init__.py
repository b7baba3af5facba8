"""Care: who gives it, who was referred to whom, and what was done."""

from aftercare.models.claims import ClaimPayment, CompensationClaim
from aftercare.models.providers import Provider, ProviderStaff
from aftercare.models.referrals import Referral
from aftercare.models.rehabilitation import (
    BankReference,
    Entitlement,
    RehabilitationPayment,
    RehabilitationScheme,
    ReleaseCertificate,
    SchemeRate,
)
from aftercare.models.repatriations import Escort, Repatriation
from aftercare.models.services import ServiceRecord

__all__ = [
    "BankReference",
    "ClaimPayment",
    "CompensationClaim",
    "Entitlement",
    "Escort",
    "Provider",
    "ProviderStaff",
    "Referral",
    "RehabilitationPayment",
    "RehabilitationScheme",
    "ReleaseCertificate",
    "Repatriation",
    "SchemeRate",
    "ServiceRecord",
]
