"""The rows that every installation begins with: one for each rule, as shipped."""

from __future__ import annotations

from casework.models import TaskRule
from desk.rules import RULES


def load() -> None:
    """As the owner, at the end of `migrate`. What is set stays."""
    known = set(TaskRule.objects.values_list("rule", flat=True))
    new = [TaskRule(rule=rule.code) for rule in RULES if rule.code not in known]
    TaskRule.objects.bulk_create(new, ignore_conflicts=True)
