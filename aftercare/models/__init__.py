"""Care: who gives it, who was referred to whom, and what was done."""

from aftercare.models.providers import Provider, ProviderStaff
from aftercare.models.referrals import Referral
from aftercare.models.services import ServiceRecord

__all__ = ["Provider", "ProviderStaff", "Referral", "ServiceRecord"]
