"""What the rules ask is kept by the database, so that Today reads it and asks nothing anew.

Each rule that rests on the facts of cases alone (`desk.rules.KEPT`) becomes a function of the wall,
`ask_<rule>`, made from the very question that is asked live; triggers on every table the question
reads note that it must be asked again of a case. Days are those of the office of the case: its zone
is put into the question where another one stood while the words were made.

What a rule reads must be rows of a case, or lead to one (`leads`); a question that names a moment
or a day of its own cannot be kept (`tests/desk/test_derived.py`) and says why in its `live`.
"""

from __future__ import annotations

import logging
import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from celery import shared_task
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import DateField, DateTimeField, F, IntegerField, Value
from django.db.models.functions import Cast

from casework.enums import CaseStatus
from core import clock
from core.access import Array
from core.shortcuts.kept import SOMEDAY
from core.wall.tables import CASE, TABLES
from desk.questions import about_of
from desk.rules import KEPT, Harm, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

logger = logging.getLogger(__name__)
HERE, THESE = ZoneInfo("Antarctica/Troll"), Array([UUID(int=1)])  # stand for zone and cases
COLUMNS = ("case_id", "row_id", "target", "about", "due_on", "from_on", "from_at", "gravity")
PERSONS = "victims_victim"
OF_CASES = {table.name for table in TABLES if table.by is CASE and table.own == "case_id"}
# What a task bears of its case itself.
BORNE = ("office_id", "status")
NOTHING = (
    "select null::uuid case_id, null::uuid row_id, null::uuid target, '' about, null::date due_on,"
    " null::date from_on, null::timestamptz from_at, 0 gravity where false"
)
AT_ONCE = 500  # cases, where all are asked again

FUNCTION = """\
create function {name}(cases uuid[], zone text) returns bigint
language plpgsql set search_path = public, pg_temp
set plan_cache_mode = force_custom_plan set enable_seqscan = off as $$
declare
  differed bigint;
begin
  with asked as materialized ({question}),
  gone as (
    delete from casework_derivedtask d
     where d.rule = '{rule}' and d.case_id = any(cases)
       and not exists (select from asked a where a.row_id = d.row_id)
    returning 1),
  kept as (
    insert into casework_derivedtask as d (rule, {columns})
      select '{rule}', {columns} from asked
        on conflict (rule, row_id) do update set {set}
     where ({old}) is distinct from ({new})
    returning 1)
  select (select count(*) from gone) + (select count(*) from kept) into differed;
  return differed;
end $$;"""


def wall() -> str:
    """SQL for the wall: a function for each rule, and the triggers on what they read."""
    questions = {code: question(rule) for code, rule in KEPT.items()}
    return "\n".join([*functions(questions), *_triggers(questions)])


def functions(questions: dict[str, str]) -> list[str]:
    """One for each rule: it puts what is kept of these cases in step with what is asked now."""
    return [_function(code, said) for code, said in questions.items()]


def question(rule: Rule) -> str:
    """What a rule asks of these cases, as SQL: the facts, whatever the day and whoever asks."""
    text: str = cast("Any", connection.ops).compose_sql(*words(rule))
    return text.replace(f"'{THESE.text}'::uuid[]", "cases").replace(f"'{HERE.key}'", "zone")


def words(rule: Rule) -> tuple[str, tuple[Any, ...]]:
    """The same with its parameters, and with what stands for the cases and the zone."""
    with clock.by(HERE):
        rows = rule.rows(SOMEDAY).filter(case__any_of=THESE)
        if not rule.after_closing:
            rows = rows.exclude(case__status=CaseStatus.CLOSED)
        if rule.due is not None:
            rows = rows.annotate(due_on=rule.due)
        harm = Value(int(rule.harm)) if isinstance(rule.harm, Harm) else rule.harm
        rows = rows.annotate(
            row_id=F("pk"),
            target=F(rule.of),
            about=about_of(rule.about),
            from_on=_days_before(rule),
            from_at=Cast(Value(None) if rule.at is None else rule.at, DateTimeField()),
            gravity=Cast(harm, IntegerField()),
        )
        rows = rows.filter(due_on__isnull=False)
        try:
            return rows.order_by().values(*COLUMNS).query.sql_with_params()
        except EmptyResultSet:  # no row can meet it
            return NOTHING, ()


def _days_before(rule: Rule) -> Cast:
    """The day from which it is asked; without one, from the first."""
    if rule.ahead is None:
        return Cast(Value(None), DateField())
    return Cast(F("due_on") - Value(rule.ahead), DateField())


def _function(code: str, said: str) -> str:
    others = [name for name in COLUMNS if name != "row_id"]
    return FUNCTION.format(
        name=name_of(code),
        rule=code,
        question=said,
        columns=", ".join(COLUMNS),
        set=", ".join(f"{name} = excluded.{name}" for name in others),
        old=", ".join(f"d.{name}" for name in others),
        new=", ".join(f"excluded.{name}" for name in others),
    )


def name_of(code: str) -> str:
    return f"ask_{code.replace('-', '_')}"


def tables_of(said: str) -> set[str]:
    """The tables a question reads."""
    return set(re.findall(r'(?:FROM|JOIN) "(\w+)"', said))


def columns_of_case(said: str) -> set[str]:
    return set(re.findall(r'"casework_case"\."(\w+)"', said)) - {"id"}


def _triggers(questions: dict[str, str]) -> Iterator[str]:
    of_persons = {code for code, said in questions.items() if PERSONS in tables_of(said)}
    for table in sorted(set().union(*map(tables_of, questions.values()))):
        codes = {code for code, said in questions.items() if table in tables_of(said)}
        if table in OF_CASES:
            yield from _on(table, "asks", "note_asked", codes - of_persons)
            yield from _on(table, "asks_of_persons", "note_asked_of_persons", codes & of_persons)
        elif table == PERSONS:
            for operation in ("insert", "update"):
                yield _trigger(table, "asks_of_persons", operation, "note_asked_of_persons", codes)
    yield _on_case(questions)


def _on(table: str, name: str, function: str, codes: set[str]) -> Iterator[str]:
    for operation in ("insert", "update", "delete") if codes else ():
        yield _trigger(table, name, operation, function, codes)


def _trigger(table: str, name: str, operation: str, function: str, codes: set[str]) -> str:
    written = {
        "insert": "new table as written",
        "update": "old table as before new table as written",
        "delete": "old table as written",
    }[operation]
    said = ", ".join(f"'{code}'" for code in sorted(codes))
    return (
        f"create trigger {f'{table}_{name}_{operation}'[:63]} after {operation} on {table}"
        f" referencing {written} for each statement execute function {function}({said});"
    )


def _on_case(questions: dict[str, str]) -> str:
    """A case has nothing yet that could be asked of when it is opened."""
    columns = sorted(set(BORNE).union(*map(columns_of_case, questions.values())))
    old, new = (", ".join(f"{which}.{name}" for name in columns) for which in ("old", "new"))
    said = ", ".join(f"'{code}'" for code in sorted(questions))
    return (
        "create trigger casework_case_asks after update on casework_case for each row"
        f" when (({old}) is distinct from ({new}))"
        f" execute function note_asked_of_case({said});"
    )


def keep() -> None:
    """Run as the owner at the end of `migrate`: where a rule changed, all cases are asked again."""
    asked = sha256(wall().encode()).hexdigest()[:16]
    with connection.cursor() as cursor:
        cursor.execute("select obj_description('casework_derivedtask'::regclass)")
        if cursor.fetchone() == (asked,):
            return
    ask_all_again()
    with connection.cursor() as cursor:
        cursor.execute(f"comment on table casework_derivedtask is '{asked}'")


def ask_all_again() -> int:
    """Every rule of every case; how many tasks were otherwise than the record asks."""
    differed, last = 0, None
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select * from ask_all_again(%s, %s, %s)", [list(KEPT), last, AT_ONCE])
            last, n = cursor.fetchone()
        if last is None:
            return differed
        differed += n


@shared_task(name="desk.check_derived_tasks")
def check() -> None:
    """Every night the full question: is what is kept what would be asked? Triggers keep it so, but
    for an office that moved to another zone; anything else is a fault of ours, put right here."""
    if differed := ask_all_again():
        logger.error("derived tasks were not as the record asks: %d put right", differed)
