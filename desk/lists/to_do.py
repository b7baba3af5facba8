"""All that needs a person as one list, the most pressing first, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from accounts.list_views import page_of
from casework.enums import MOST_AT_ONCE
from core.lists.pagination import address
from desk.rules import BY_CODE
from desk.several.offered import offered
from desk.to_do.kinds import TOGETHER
from desk.to_do.lines import PEOPLES, TODAY, at_most, by_case, folds, groups, lines
from desk.to_do.listed import TASK_TABLE, ToDoFilter, ToDoPage, all_to_do
from desk.to_do.tasks import OWN, key_of, long_since, rules_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User


def to_do_list(user: User, query: Mapping[str, str]) -> dict[str, Any]:
    """One page; with the first one what is long overdue, folded."""
    page = cast("ToDoPage", page_of(ToDoFilter(query, user=user), of=ToDoPage))
    here = page.kept | {name: query[name] for name in ("cursor",) if name in query}
    back = address("", {"to-do": urlencode(here)})
    in_groups = not page.sort and "harm" in page.shows
    sections: list[Any] = (
        groups(page.rows, user, back) if in_groups else [_ungrouped(page, user, back)]
    )
    return {
        "list": page,
        "groups": sections,
        "tasks": [row for group in sections for case in group["cases"] for row in case],
        "folds": folds(page.folded),
        "several": offered(TASK_TABLE.name, user),
    }


def _ungrouped(page: ToDoPage, user: User, back: str) -> dict[str, list[list[dict[str, object]]]]:
    """In an order that is not that of the classes; those of a case together where they are."""
    tasks = lines(page.rows, user, back)
    together = page.sort.removeprefix("-") == "case"
    return {"cases": by_case(tasks) if together else [[task] for task in tasks]}


def long_overdue_of(user: User, chosen: str) -> dict[str, Any] | None:
    """One fold opened: what is long overdue of one kind, the least overdue first, up to 100."""
    kinds = {OWN: PEOPLES} | {rule.code: rule.words for rule in rules_for(user)}
    if chosen not in kinds:
        return None
    to_do = all_to_do(user).of_rule(chosen)
    rows = to_do.filter(due_on__lt=long_since()).first_of_each(MOST_AT_ONCE, TOGETHER)
    tasks = lines(rows, user, TODAY)
    return {
        "of_kind": str(kinds[chosen]),
        "keys": [key_of(task) for task in rows],
        "tasks": tasks,
        "cases": by_case(tasks),
        "offices": {task.case.office_id for task in rows} if chosen == OWN else set(),
        "count": rows[0].total if rows else 0,
        "in_all": at_most(rows[0].total) if rows else "0",
        "may_wait": chosen == OWN or BY_CODE[chosen].may_wait,
    }
