"""Which account of the organisation's provider stands for whom.

A link opens an account that is open, and nothing else. It is made by an invitation, or by its own
person, and taken away by an administrator. By an address of mail nobody is linked: a provider may
give it to somebody else, and whoever can write it there would be let in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import Http404

from core.keys import vouching

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from accounts.models import User
    from accounts.organisation import Organisation


def organisation() -> Organisation:
    """Whose provider it is. Without one nothing of it is there."""
    if settings.ORGANISATION is None:
        raise Http404
    return settings.ORGANISATION


def link(user: User, uid: str) -> bool:
    """From now on this account of the provider is this person's, and no other one is. False: it is
    somebody else's."""
    issuer = organisation().issuer
    try:
        with transaction.atomic():
            unlink(user)
            with vouching.vouched("link", user.pk, issuer, uid):
                SocialAccount.objects.create(user=user, provider=issuer, uid=uid)
    except IntegrityError:
        return False
    return True


def unlink(user: User) -> int:
    """Says how many there were."""
    mine = SocialAccount.objects.filter(user=user)
    return int(mine._raw_delete(mine.db))  # no token hangs from it: none is kept


def linked(users: Iterable[User]) -> set[UUID]:
    """Who of these signs in by the provider; nobody, and nothing is asked, while there is none."""
    if settings.ORGANISATION is None:
        return set()
    found = SocialAccount.objects.filter(provider=settings.ORGANISATION.issuer, user__in=[*users])
    return set(found.values_list("user", flat=True))
