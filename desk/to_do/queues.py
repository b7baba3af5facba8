"""What waits and no rule asks for: what came back from phones; for those who keep no tasks pairs of
records and changes of accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import AccountChange
from accounts.permissions import Perm
from core.alike.matching import MatchStatus
from core.offline import came_back
from prosecutions.models import OffenderMatch
from victims.models import Match

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import User

MOST = 99  # more are said, not counted


def queues_of(user: User) -> list[dict[str, object]]:
    """A line a queue that has something, with how many and where."""
    lines = []
    for rows, words, address in _queues(user):
        if number := len(rows.values_list("pk", flat=True)[: MOST + 1]):
            lines.append(
                {
                    "count": min(number, MOST),
                    "more": number > MOST,
                    "words": words,
                    "url": reverse(address),
                }
            )
    return lines


def _queues(user: User) -> Iterator[tuple[Any, Any, str]]:
    if user.has_perm(Perm.PHONE_KEEP):
        for rows_for in came_back:
            yield rows_for(user), _("Correct what came back from a phone"), "intake:phones"
    if user.has_perm(Perm.TASK_KEEP):
        return
    if user.has_perm(Perm.MATCH_VIEW):
        for model, words, address in (
            (Match, _("Look at records that may be of one survivor"), "victims:duplicates"),
            (
                OffenderMatch,
                _("Look at records that may be of one offender"),
                "prosecutions:duplicates",
            ),
        ):
            pairs = model.objects.visible_to(user).of_two_persons()
            yield pairs.filter(status=MatchStatus.OPEN), words, address
    if user.has_perm(Perm.PEOPLE_VIEW):
        changes = AccountChange.objects.waiting().exclude(asked_by=user)
        yield changes, _("Decide on a change to an account"), "people:changes"
