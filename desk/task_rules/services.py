"""Setting a rule of tasks, trying what that would change, and having it as shipped again.

Who sets rules sees no case by it: what would change is a number, rounded up to tens. What the law
demands, what keeps survivors from harm and what a second person decides is always asked; an
organisation can only have it asked earlier.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, TypedDict, Unpack

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from accounts.roles import GRANTS, Role
from casework.models import TaskRule
from casework.models.task_rules import MOST_DAYS
from core import audit
from core.refusals import gettext as _
from core.services import Refused, amend, service
from core.verbs.arguments import Column
from desk.rules import BY_CODE, KEPT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accounts.models import User
    from desk.rules import Rule


class RuleColumns(TypedDict, total=False):
    is_on: bool
    days: Annotated[int | None, Column(most=MOST_DAYS)]
    roles: Sequence[Annotated[str, Column(codes=Role)]]


@dataclass(frozen=True)
class Tried:
    """How many tasks there are now and would be, rounded up to tens. None: it is asked of the
    record anew each time, so that nobody can count it without reading cases."""

    now: int | None
    then: int | None


@service(Perm.RULE_KEEP, fresh=True, label=gettext_lazy("Change a rule"))
def change_rule(
    row: TaskRule, *, version: int, actor: User, **changes: Unpack[RuleColumns]
) -> TaskRule:
    """It is asked of all offices as you set it here. Records stay as they are. Raises `Stale`."""
    given = _checked(rule_of(row), changes)
    was = {name: getattr(row, name) for name in given}
    changed = amend(row, version, **given, set_by=actor, set_at=timezone.now())
    fields = sorted(name for name in given if was[name] != getattr(changed, name))
    audit.record("task_rule.changed", changed, actor=actor, fields=fields)
    return changed


@service(Perm.RULE_KEEP, fresh=True, label=gettext_lazy("Ask it as shipped"))
def reset_rule(row: TaskRule, *, version: int, actor: User) -> TaskRule:
    """The rule is asked again as it came with Casework. Raises `Stale`."""
    shipped: dict[str, Any] = {"is_on": True, "days": None, "roles": []}
    changed = amend(row, version, **shipped, set_by=actor, set_at=timezone.now())
    audit.record("task_rule.reset", changed, actor=actor)
    return changed


@service(Perm.RULE_KEEP, label=gettext_lazy("See what would change"))
def try_rule(row: TaskRule, *, actor: User, **changes: Unpack[RuleColumns]) -> Tried:
    """How many tasks there would be in all offices, rounded up to tens. Nothing is changed."""
    rule = rule_of(row)
    given = _checked(rule, changes)
    audit.read("task_rule.tried", row, actor=actor)
    if rule.code not in KEPT:
        return Tried(None, None)
    present = rule if row.days is None else rule.with_days(row.days)
    days = given.get("days", row.days)
    wanted = rule if days is None else rule.with_days(days)
    now = _count(present, present) if row.is_on else 0
    then = _count(present, wanted) if given.get("is_on", row.is_on) else 0
    return Tried(now, then)


def rule_of(row: TaskRule) -> Rule:
    """The rule itself. Refused for one that this version of Casework does not ask any more."""
    if row.rule not in BY_CODE:
        raise Refused(_("This rule is no longer asked."))
    return BY_CODE[row.rule]


def holders(rule: Rule) -> list[Role]:
    """Who may do what it asks for."""
    return [role for role in Role if rule.permission in GRANTS[role]]


def _count(present: Rule, wanted: Rule) -> int:
    ahead = None if wanted.ahead is None else wanted.ahead.days
    with connection.cursor() as cursor:
        later = (wanted.term - present.term).days
        cursor.execute("select count_asked(%s, %s, %s)", [wanted.code, later, ahead])
        (number,) = cursor.fetchone()
    return int(number)


def _checked(rule: Rule, changes: RuleColumns) -> dict[str, Any]:
    """What is given, in one form: what is as shipped is not set."""
    given: dict[str, Any] = dict(changes)
    if "days" in given:
        given["days"] = _checked_days(rule, given["days"])
    if "roles" in given:
        given["roles"] = _checked_roles(rule, given["roles"])
    for name, shipped in (("is_on", True), ("roles", [])):
        if rule.fixed and given.get(name, shipped) != shipped:
            raise Refused(rule.fixed, name)
    return given


def _checked_days(rule: Rule, days: int | None) -> int | None:
    if days is None or days == rule.days:
        return None
    if rule.days is None:
        raise Refused(_("This rule has no number of days."), "days")
    if rule.fixed and (days < rule.days) == rule.counts_back:
        words = _("It can only be asked earlier: at least %(n)s days before.")
        if not rule.counts_back:
            words = _("It can only be asked earlier: at most %(n)s days after.")
        raise Refused(words % {"n": rule.days}, "days")
    return days


def _checked_roles(rule: Rule, roles: Sequence[str]) -> list[str]:
    may = holders(rule)
    if strange := sorted({*roles} - {*may}):
        words = _("%(role)s cannot do what this rule asks for.")
        raise Refused(words % {"role": Role(strange[0]).label}, "roles")
    return [] if {*roles} == {*may} else [role.value for role in may if role in roles]
