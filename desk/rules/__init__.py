"""The one table of rules by which tasks follow from the record."""

from desk.rules import (
    arrests,
    care,
    cases,
    consents,
    court,
    docket,
    inquiry,
    justice,
    papers,
    rehabilitation,
    standing,
)
from desk.rules.rule import HARMS, URGENCIES, Harm, Rule, Urgency

RULES: tuple[Rule, ...] = (
    *arrests.RULES,
    *cases.RULES,
    *court.RULES,
    *justice.RULES,
    *care.RULES,
    *rehabilitation.RULES,
    *inquiry.RULES,
    *consents.RULES,
    *papers.RULES,
)
# Beside a list that has the tasks of people anyway.
OF_THE_RECORD = [rule for rule in RULES if rule.due is not None]
BY_CODE = {rule.code: rule for rule in RULES}
# What these ask is kept by the database, in step with the facts (desk/to_do/derived.py).
KEPT = {rule.code: rule for rule in RULES if not rule.live}
# So is what the docket asks, of which no task is made.
DOCKET = {rule.code: rule for rule in docket.RULES}
# What is asked of a case that is to be closed.
BEFORE_CLOSING: tuple[Rule, ...] = (*standing.RULES, *RULES)

__all__ = [
    "BEFORE_CLOSING",
    "BY_CODE",
    "DOCKET",
    "HARMS",
    "KEPT",
    "OF_THE_RECORD",
    "RULES",
    "URGENCIES",
    "Harm",
    "Rule",
    "Urgency",
]
