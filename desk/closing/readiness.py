"""What must be settled before a case is closed, or left to aftercare alone.

Every rule by which tasks follow from the record is asked of the case, put off or not, together
with what stands open by itself (`desk/rules/standing.py`). What is to be done at once, or cannot
be put off, keeps the case open; of the rest one is warned, also of what is not due yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from casework.case_pages import address
from core import refusals
from desk.closing.checklist import checklist
from desk.rules import BEFORE_CLOSING, Urgency
from desk.rules.court import ASLEEP
from desk.rules.standing import PROSECUTION
from desk.to_do.tasks import to_do

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from casework.models import Case
    from core.refusals import Words
    from desk.closing.checklist import Item
    from desk.rules import Rule

CHECKLIST = "closing-checklist"
CLOSE, REOPEN, ONLY_AFTERCARE = "close", "reopen", "only_aftercare"
BEFORE = {CLOSE: BEFORE_CLOSING, ONLY_AFTERCARE: (PROSECUTION, ASLEEP)}


@dataclass(frozen=True)
class Unmet:
    """What is not settled, how many of it, and where that is done."""

    code: str
    words: str
    url: str
    blocks: bool  # a warning, otherwise
    due: bool  # its day is come; else it would be asked later
    goes_on: bool  # it is asked of the closed case as well


def unmet(case: Case, actor: User, step: str = CLOSE) -> list[Unmet]:
    """What is not settled yet, what keeps the case open first: two statements for all rules, and
    what the organisation itself wants confirmed."""
    needs = [*_needs(case, actor, step, due=True), *_needs(case, actor, step, due=False)]
    needs += unconfirmed(checklist(case, actor)) if step == CLOSE else []
    return sorted(needs, key=lambda need: not need.blocks)


def _needs(case: Case, actor: User, step: str, *, due: bool) -> list[Unmet]:
    rules = {rule.code: rule for rule in BEFORE[step]}
    counts: dict[str, tuple[int, bool]] = {}
    every = partial(to_do, rules=rules.values(), asleep=None, second=False, writes=True)
    asked = every(actor, case=case, due=due)
    for code, urgent, number in asked.counted():
        total, at_once = counts.get(code, (0, False))
        counts[code] = total + number, at_once or urgent == Urgency.AT_ONCE
    return [
        _need(case, rule, *counts[rule.code], due=due)
        for rule in rules.values()
        if rule.code in counts
    ]


def unconfirmed(items: Iterable[Item]) -> list[Unmet]:
    return [
        Unmet(CHECKLIST, item.words, item.url, blocks=True, due=True, goes_on=False)
        for item in items
        if not item.done
    ]


def codes_of(needs: Iterable[Unmet]) -> list[str]:
    """Each once, in their order."""
    return list(dict.fromkeys(need.code for need in needs))


def blocking(needs: Iterable[Unmet]) -> list[Unmet]:
    return [need for need in needs if need.blocks]


def _need(case: Case, rule: Rule, number: int, at_once: bool, *, due: bool) -> Unmet:
    words = _("%(what)s (%(n)s)") if due else _("%(what)s (%(n)s), not due yet")
    words %= {"what": rule.words, "n": number}
    url = address(case.pk, rule.section or "to-do")
    blocks = due and (at_once or not rule.may_wait)
    return Unmet(rule.code, words, url, blocks, due, rule.after_closing)


def in_words(needs: Iterable[Unmet]) -> Words:
    """As a refusal says it."""
    reasons = list(needs)
    words = refusals.ngettext(
        "This is not settled yet: %(needs)s. Do this first.",
        "These are not settled yet: %(needs)s. Do this first.",
        len(reasons),
    )
    return words % {"needs": "; ".join(need.words for need in reasons)}
