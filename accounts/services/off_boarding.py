"""The organisation's provider lets somebody go: their account here closes as well.

It reaches only whom it is linked to, gives nothing back, and is no way to close a house: two
administrators stay, and a mistaken or stolen key closes ten accounts an hour. What rests on the
person does not hold it up, as for an account in the wrong hands.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.utils.translation import gettext, override

from accounts.models import Status, User
from accounts.notices import tell
from accounts.permissions import Perm
from accounts.services.leaving import close_whatever_rests, held_administrators
from accounts.sign_in import limits
from core import audit
from core.refusals import gettext as _
from core.services import Refused, service

if TYPE_CHECKING:
    from accounts.models import ApiKey

MOST, AN_HOUR, FEWEST = 10, 3600, 2


class TooMany(Refused):
    """More than the provider may close in an hour."""


@service(Perm.PEOPLE_OFF_BOARD)
def read_linked(key: ApiKey, *, actor: User) -> list[SocialAccount]:
    """Who signs in by the provider of this key."""
    mine = SocialAccount.objects.filter(provider=key.provider).exclude(provider="")
    accounts = list(mine.select_related("user").order_by("pk"))
    ids = [account.user_id for account in accounts]
    audit.read_rows("people.listed", "accounts.User", ids, actor=actor)
    return accounts


@service(Perm.PEOPLE_OFF_BOARD)
def off_board(linked: SocialAccount, *, actor: User) -> User:
    """Close the account of a person whom the provider let go."""
    people = User.objects.with_status().select_for_update(of=("self",))
    current = people.get(pk=linked.user_id)
    if current.status != Status.DISABLED:
        administrators = held_administrators()
        mine = administrators.filter(pk=current.pk).exists()
        if mine and administrators.exclude(pk=current.pk).count() < FEWEST:
            raise Refused(_("Two administrators must remain. Disable this account in Casework."))
        _count(linked.provider)
        with override("en"):  # kept for all who read the change
            reason = gettext("Let go by the organisation’s provider")
        close_whatever_rests(current, reason=reason, actor=actor)
        tell(User.objects.holding(Perm.PEOPLE_MANAGE), "account-off-boarded", target=current)
    audit.record("person.off_boarded", current, actor=actor)
    return current


def tell_of_refusal(key: ApiKey) -> None:
    """After the refusal, so that it is not rolled back with it: a key may be mistaken or stolen."""
    administrators = User.objects.holding(Perm.PEOPLE_MANAGE)
    tell(administrators, "off-boarding-refused", target=key)


def _count(provider: str) -> None:
    """On the second connection: what is rolled back counts as well."""
    name = f"off-boarded:{provider}"
    with limits.alone([limits.Counter(name)]):
        lately = [at for at in cache.get(name, ()) if at > time.time() - AN_HOUR]
        if len(lately) >= MOST:
            raise TooMany(_("Ten accounts were closed within an hour. Wait, or use Casework."))
        cache.set(name, [*lately, time.time()], AN_HOUR)
