"""Which account of the organisation's provider stands for whom.

A link opens an account that is open, and nothing else. It is made by an invitation, or by its own
person. An administrator takes it away, and so does a new password by mail or a second factor that
two persons reset. By an address of mail nobody is linked: a provider may give it to somebody else,
and whoever can write it there would be let in.
"""

from __future__ import annotations

import hashlib
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
    """From now on this account of the provider is this person's, beside none: who has one already
    is not moved to another. False: it is somebody else's, or the person has one."""
    issuer = organisation().issuer
    try:
        with transaction.atomic():
            if digests(user):
                return False
            unlink(user)  # from an issuer before
            with vouching.vouched("link", user.pk, issuer, uid):
                SocialAccount.objects.create(user=user, provider=issuer, uid=uid)
    except IntegrityError:
        return False
    return True


def unlink(user: User) -> list[str]:
    """Says which there were, by `digests`; those to an issuer before go as well."""
    mine = SocialAccount.objects.filter(user=user)
    gone = [_digest(account) for account in mine]
    mine._raw_delete(mine.db)  # no token hangs from it: none is kept
    return gone


def digests(user: User) -> list[str]:
    """What stands in the history for the account of the provider that is this person's."""
    issuer = organisation().issuer
    return [
        _digest(account) for account in SocialAccount.objects.filter(user=user, provider=issuer)
    ]


def _digest(account: SocialAccount) -> str:
    return hashlib.sha256(f"{account.provider}|{account.uid}".encode()).hexdigest()


def linked(users: Iterable[User]) -> set[UUID]:
    """Who of these signs in by the provider; nobody, and nothing is asked, while there is none."""
    if settings.ORGANISATION is None:
        return set()
    rows = SocialAccount.objects.filter(provider=settings.ORGANISATION.issuer, user__in=[*users])
    return set(rows.values_list("user", flat=True))
