"""All that needs a person as one list by day, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from core import pagination
from desk.rules import BY_CODE
from desk.tasks import BY_DAY, asked, own_tasks, to_do
from desk.to_do import lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User

OWN = "own"


def to_do_list(user: User, query: Mapping[str, str]) -> dict[str, Any]:
    """One page. A rule nobody is asked by is ignored, not obeyed."""
    rules = {rule.code: rule for rule in asked(user)}
    chosen = query.get("rule", "")
    chosen = chosen if chosen in rules or chosen == OWN else ""
    mine = own_tasks(user).resting_on(user) if chosen in ("", OWN) else None
    one = [rules[chosen]] if chosen in rules else []
    found = to_do(user, rules=one if chosen else rules.values(), own=mine)
    page = pagination.paginate(found, BY_DAY, query.get("cursor", ""))
    path, kept = reverse("desk:to-do"), {"rule": chosen} if chosen else {}
    return {
        "tasks": lines(page.rows, user),
        "of_rule": BY_CODE[chosen].words if chosen in BY_CODE else "",
        "all_url": path if chosen else "",
        "next_url": pagination.link(path, kept, page.next),
        "previous_url": pagination.link(path, kept, page.previous),
    }
