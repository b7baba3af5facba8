"""Which tables hold nothing of a case: what the page of a case asks of all tables is not asked
of these."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection

from aftercare.models import ProgressNote, SessionNote
from casework.models import Case, LeadWords, StepWords
from core import clock
from desk.rules import RULES
from desk.timeline import SOURCES
from prosecutions.models import CompensationPayment

if TYPE_CHECKING:
    from collections.abc import Set

    from django.db.models import Model

    from desk.rules import Rule
    from desk.stream import Source

# What the page of a case has beside the timeline and the rules, and most cases have not.
BESIDE = (CompensationPayment, LeadWords, ProgressNote, SessionNote, StepWords)


def lacking(case: Case) -> frozenset[type[Model]]:
    """The tables of the page without a row of this case: one statement."""
    tables = _tables()
    holds = ", ".join(
        f"exists (select from {connection.ops.quote_name(model._meta.db_table)} where case_id = %s)"
        for model in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(f"select {holds}", [case.pk] * len(tables))
        found = cursor.fetchone()
    return frozenset(model for model, some in zip(tables, found, strict=True) if not some)


def sources_beyond(lacked: Set[object], kind: str = "") -> list[Source]:
    """What can tell anything of a case without rows of these tables."""
    return [one for one in SOURCES if one.model not in lacked and kind in ("", one.kind)]


def rules_beyond(lacked: Set[object]) -> list[Rule]:
    """What can ask anything of such a case."""
    return [rule for rule in RULES if _model_of(rule.rows) not in lacked]


@cache
def _tables() -> tuple[type[Model], ...]:
    models = {source.model for source in SOURCES} | {_model_of(rule.rows) for rule in RULES}
    models |= {*BESIDE}
    return tuple(sorted(models - {Case}, key=lambda model: model._meta.db_table))


@cache
def _model_of(rows: Any) -> Any:
    return rows(clock.today()).model
