"""One page of the queue of records that may be of one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from core.api import pagination
from core.api.pagination import Sort
from victims.enums import MatchStatus
from victims.models import Match
from victims.services.match_list import read_matches

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User

LIKEST = Sort(("likeness", "id"), descending=True)
ON_A_PAGE = "20"


def match_page(query: Mapping[str, str], user: User) -> dict[str, Any]:
    """The pairs that stand in one state, the likest first. An odd state is ignored."""
    status = query.get("status", "")
    status = status if status in MatchStatus.values else MatchStatus.OPEN
    rows = Match.objects.visible_to(user).of_two_persons().filter(status=status)
    rows = rows.select_related("one", "other", "decided_by")
    page = pagination.paginate(rows, LIKEST, query.get("cursor", ""), ON_A_PAGE)
    path, kept = reverse("victims:duplicates"), {"status": str(status)}
    return {
        "status": status,
        "states": [(s.value, s.label, s == status) for s in MatchStatus],
        "pairs": read_matches(page.rows, actor=user),
        "next_url": pagination.link(path, kept, page.next),
        "previous_url": pagination.link(path, kept, page.previous),
    }
