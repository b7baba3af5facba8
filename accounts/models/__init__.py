"""Who works here, by what right, and what they are told."""

from accounts.models.changes import AccountChange, ChangeKind, ChangeOutcome, Invitation
from accounts.models.keys import ApiKey, ServiceAccount
from accounts.models.languages import LanguageReading
from accounts.models.list_views import ListName, SavedView
from accounts.models.notices import Notice
from accounts.models.offices import Office
from accounts.models.people import Membership, MembershipQuerySet, Status, User

__all__ = [
    "AccountChange",
    "ApiKey",
    "ChangeKind",
    "ChangeOutcome",
    "Invitation",
    "LanguageReading",
    "ListName",
    "Membership",
    "MembershipQuerySet",
    "Notice",
    "Office",
    "SavedView",
    "ServiceAccount",
    "Status",
    "User",
]
