"""What is said of a rule of tasks: when it is asked, of whom, and how that came to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desk.rules import BY_CODE, RULES
from desk.task_rules.services import holders

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casework.models import TaskRule
    from desk.rules import Rule


def in_words(row: TaskRule) -> dict[str, Any]:
    """One line of the list, and what its page shows."""
    rule = BY_CODE[row.rule]
    may = holders(rule)
    return {
        "row": row,
        "words": rule.words,
        "why": rule.fixed,
        "has_days": rule.days is not None,
        "when": when(rule, row.days),
        "shipped": when(rule) if row.days is not None else "",
        "asked": [role.label for role in may if not row.roles or role in row.roles],
        "fewer": bool(row.roles),
        "differs": not row.is_on or row.days is not None or bool(row.roles),
    }


def in_order(rows: Iterable[TaskRule]) -> list[dict[str, Any]]:
    """Those that are asked today, in the order of the one table of rules."""
    known = {row.rule: row for row in rows}
    return [in_words(known[rule.code]) for rule in RULES if rule.code in known]


def when(rule: Rule, days: int | None = None) -> str:
    """“14 days after”, “14 days before its day”; as shipped, or with these days."""
    number = rule.days if days is None else days
    if number is None:
        return _("At once") if rule.ahead is None else _("On its day")
    if rule.counts_back:
        words = ngettext("%(n)s day before its day", "%(n)s days before its day", number)
    else:
        words = ngettext("%(n)s day after", "%(n)s days after", number)
    return words % {"n": number}


def changed(tried: Any) -> str:
    """What a try says, in a sentence."""
    if tried.now is None:
        return _("Nobody can count this beforehand: it is asked of the record anew each time.")
    words = _("Asked now: %(now)s. With this change: %(then)s. Of all offices, rounded up to tens.")
    return words % {"now": tried.now, "then": tried.then}
