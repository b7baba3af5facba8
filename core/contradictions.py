"""What a record must not say beside the others: each rule once, as a condition on its row.

An app declares its rules in `contradictions.py`. Services refuse by them the row they have just
written, the workbook refuses the rows it brings, and *Data quality* lists those that are here
already. Before, forms and services refused a contradiction each in words of its own, a workbook
brought it in, and nobody found it again.

A rule that needs no other row and no clock is a constraint of its table. What a correction must not
move past is the same rule seen from the other side, and stays with the correction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, IntegerField, Value, When

from core.services import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db import models

    from core.access import ScopedQuerySet
    from core.refusals import Words


@dataclass(frozen=True)
class Rule:
    """`wrong`: the condition that is true of a row which contradicts; `field`: what is at fault.
    `apart`: of many rows it is asked by itself, since joining what it asks of other rows costs less
    than looking it up for each."""

    code: str
    field: str
    words: Words
    wrong: Callable[[], Any]
    apart: bool = False


RULES: dict[str, dict[str, Rule]] = {}  # by label of the model, then by code


def declare(label: str, *rules: Rule) -> None:
    """These rules hold for every row of a model."""
    known = RULES.setdefault(label, {})
    for rule in rules:
        if rule.code in known:
            raise ValueError(f"{label} has a rule {rule.code} already.")
        known[rule.code] = rule


def among(rows: ScopedQuerySet) -> Iterator[tuple[object, Rule]]:
    """Every row that contradicts, by its key, with each rule it breaks."""
    for rule in RULES.get(rows.model._meta.label, {}).values():
        for pk in rows.filter(rule.wrong()).order_by().values_list("pk", flat=True):
            yield pk, rule


def refuse(*rows: models.Model, field: str = "") -> None:
    """Refuse rows of one table, just written, if one contradicts; the service that wrote them is
    undone with it. `field`: what the caller asked for, where it has another name there."""
    model = type(rows[0])
    rules = list(RULES[model._meta.label].values())
    cases = [When(rule.wrong(), then=Value(number)) for number, rule in enumerate(rules)]
    written = model._default_manager.filter(pk__in=[row.pk for row in rows]).order_by()
    broken = written.annotate(broken=Case(*cases, output_field=IntegerField()))
    first = broken.filter(broken__isnull=False).values_list("broken", flat=True).first()
    if first is not None:
        raise Refused(rules[first].words, field or rules[first].field)
