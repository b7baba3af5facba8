"""All that needs a person as one list, the most pressing first, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from casework.enums import MOST_AT_ONCE
from core import pagination
from desk.kinds import IN_ALL, TOGETHER
from desk.questions import LONG
from desk.rules import BY_CODE, HARMS, Harm
from desk.tasks import (
    OWN,
    PRESSING,
    ToDo,
    asked,
    key_of,
    long_overdue,
    tasks_to_do,
    to_do,
)
from desk.to_do import PEOPLES, TODAY, at_most, by_case, folds, groups, lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User

CLASSES = {harm.name.lower(): harm for harm in Harm}


def to_do_list(user: User, query: Mapping[str, str]) -> dict[str, Any]:
    """One page; with the first one what is long overdue, folded."""
    chosen, harm = query.get("rule", ""), CLASSES.get(query.get("harm", ""))
    found, of_rule = of_kind(user, chosen)
    if harm:
        found = found.filter(harm=harm)
    page, folded = _page(found, query.get("cursor", ""))
    kept = {"rule": chosen} if of_rule else {}
    kept |= {"harm": harm.name.lower()} if harm else {}
    path = reverse("desk:to-do")
    return {
        "groups": (shown := groups(page.rows, user)),
        "tasks": [row for group in shown for case in group["cases"] for row in case],
        "folds": folds(folded),
        "of_kind": of_rule or (HARMS[harm][0] if harm else ""),
        "all_url": path if kept else "",
        "next_url": pagination.link(path, kept, page.next),
        "previous_url": pagination.link(path, kept, page.previous),
    }


def of_kind(user: User, chosen: str) -> tuple[ToDo, str]:
    """What one rule asks of this person, or the tasks of people, with the words for it. A rule
    nobody is asked by is ignored, not obeyed."""
    rules = {rule.code: rule for rule in asked(user)}
    if chosen not in (OWN, *rules):
        return to_do(user, rules=rules.values(), own=tasks_to_do), ""
    if chosen == OWN:
        return to_do(user, rules=[], own=tasks_to_do), str(PEOPLES)
    return to_do(user, rules=[rules[chosen]]), str(BY_CODE[chosen].words)


def long_overdue_of(user: User, chosen: str) -> dict[str, Any] | None:
    """One fold opened: what is long overdue of one kind, the least overdue first, up to 100."""
    found, of_kind_words = of_kind(user, chosen)
    if not of_kind_words:
        return None
    rows = found.filter(place__gte=LONG).first_of_each(MOST_AT_ONCE, TOGETHER)
    shown = lines(rows, user, TODAY)
    return {
        "of_kind": of_kind_words,
        "keys": [key_of(task) for task in rows],
        "tasks": shown,
        "cases": by_case(shown),
        "offices": {task.case.office_id for task in rows} if chosen == OWN else set(),
        "count": rows[0].total if rows else 0,
        "in_all": at_most(rows[0].total) if rows else "0",
        "may_wait": chosen == OWN or BY_CODE[chosen].may_wait,
    }


def _page(found: ToDo, cursor: str) -> tuple[pagination.Page, list[object]]:
    """The first page and what is folded are one statement."""
    if cursor:
        return pagination.paginate(found.filter(place__lt=LONG), PRESSING, cursor), []
    rows = found.first_of_each(pagination.DEFAULT + 1, IN_ALL)
    near = [task for task in rows if not long_overdue(task)]
    size = pagination.DEFAULT
    page = pagination.page_of(near, PRESSING, size, backwards=False, first=True)
    return page, [task for task in rows if long_overdue(task)]
