"""Who answers for a provider here, and who there: managers of its country, and its own staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from accounts.models import Office, User
from accounts.permissions import Perm
from aftercare.models import ProviderStaff
from core.access import IDENTITY

if TYPE_CHECKING:
    from accounts.models.people import UserQuerySet
    from places.models import Jurisdiction


def answers_for(place: Jurisdiction, actor: User) -> bool:
    """Whether this person manages providers in this place.

    Offices whose every case is open to the actor are those the actor is case manager of.
    """
    if not actor.has_perm(Perm.PROVIDER_MANAGE):
        return False
    mine = Office.objects.filter(pk__in=actor.scope.offices[IDENTITY])
    codes = mine.values_list("jurisdiction__code", "covers__code")
    return any(code.partition("-")[0] == place.country for pair in codes for code in pair if code)


def require_answers_for(place: Jurisdiction, actor: User) -> None:
    if not answers_for(place, actor):
        raise PermissionDenied("provider of another office")


def who_answers(provider: object) -> UserQuerySet:
    """Those who sign in for a provider today."""
    staff = ProviderStaff.objects.in_force().filter(provider=provider)
    return User.objects.filter(pk__in=staff.values("user"))
