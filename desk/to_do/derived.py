"""What the rules ask is kept by the database, so that Today reads it and asks little anew.

Each rule that rests on the facts of cases alone (`desk.rules.KEPT`), and what the docket asks of
every proceeding (`desk.rules.DOCKET`), becomes a function of the wall, `ask_<rule>`, made from the
very question that is asked live; triggers on every table a question reads note the case that was
written in. Whoever reads what is kept asks the noted cases again first (casework/kept_answers.py,
core/wall/derived_tasks.sql). Days are those of the office of the case, here as where it is asked
live (`desk.rules.rule.day_of`).

What a rule reads must be rows of a case, or note its cases by a trigger of its own, as roles and
accounts do (core/wall/derived_tasks.sql); a question that names a moment or a day of its own cannot
be kept (`tests/desk/test_derived.py`) and says why in its `live`.
"""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from hashlib import sha256
from time import monotonic
from typing import TYPE_CHECKING, Any, cast

from celery import shared_task
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import DateField, DateTimeField, F, IntegerField, Value
from django.db.models.functions import Cast

from casework.enums import CaseStatus
from casework.models import Case
from core.shortcuts.statements import SOMEDAY, THESE
from core.wall.tables import CASE, TABLES
from desk.rules import DOCKET, KEPT, Harm, Rule
from desk.to_do.questions import about_of
from victims.models import Victim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

logger = logging.getLogger(__name__)
ASKED = KEPT | DOCKET
COLUMNS = {
    "case_id": "uuid",
    "reference": "varchar",
    "row_id": "uuid",
    "target": "uuid",
    "about": "varchar",
    "due_on": "date",
    "from_on": "date",
    "from_at": "timestamptz",
    "gravity": "int",
}
WRITTEN = {
    "insert": "new table as written",
    "update": "old table as before new table as written",
    "delete": "old table as written",
}
NOTE_ALL = """
insert into casework_askagain (case_id, office_id, noted_by)
  select id, office_id, pg_current_xact_id()::text::bigint from casework_case
"""
OF_CASES = {table.name for table in TABLES if table.by is CASE and table.own == "case_id"}
# What a task bears of its case itself.
BORNE = ("office_id", "status")
NOTHING = (
    "select null::uuid case_id, '' reference, null::uuid row_id, null::uuid target, '' about,"
    " null::date due_on, null::date from_on, null::timestamptz from_at, 0 gravity where false"
)
AT_ONCE = 100  # cases in one transaction of the worker
MINUTE = timedelta(seconds=50)

QUESTION = """\
create function {name}(cases uuid[]) returns table ({columns})
stable language plpgsql set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query {question};
end $$;"""
EACH = "return query select '{rule}', {columns} from {name}(cases) a;"
# How many days the organisation has set, or the rule has.
DAYS = "coalesce((chosen ->> '{rule}')::int, {days})"
# A plan of each question is made once by a connection, for a few cases, and reads no whole table.
ALL = """\
create function asked_of(cases uuid[]) returns table (rule text, {columns})
stable language plpgsql set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
#variable_conflict use_column
declare
  chosen jsonb := (select jsonb_object_agg(rule, days) from casework_taskrule
                    where days is not null);
begin
  {each}
end $$;"""
KEEP = """\
create function keep_asked(cases uuid[]) returns void
language plpgsql set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  with asked as materialized (select * from asked_of(cases)),
  gone as (
    delete from casework_derivedtask d
     where d.case_id = any(cases)
       and not exists (select from asked a where (a.rule, a.row_id) = (d.rule, d.row_id)))
  insert into casework_derivedtask as d (rule, {columns})
    select rule, {columns} from asked
      on conflict (rule, row_id) do update set {set}
   where ({old}) is distinct from ({new});
end $$;"""


def wall() -> str:
    """SQL for the wall: a function for each rule, those that ask all, and the triggers on what
    they read."""
    questions = {code: question(rule) for code, rule in ASKED.items()}
    return "\n".join([*functions(questions), _all(), _keep(), *_triggers(questions)])


def functions(questions: dict[str, str]) -> list[str]:
    """One for each rule: what it asks of these cases."""
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    return [
        QUESTION.format(name=name_of(code), columns=columns, question=text)
        for code, text in questions.items()
    ]


def _all() -> str:
    each = "\n  ".join(map(_each, ASKED.values()))
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    return ALL.format(columns=columns, each=each)


def _each(rule: Rule) -> str:
    """What a rule asks, by the days that the organisation has set."""
    given = {name: f"a.{name}" for name in COLUMNS}
    if rule.days is not None:
        days, way = DAYS.format(rule=rule.code, days=rule.days), "-" if rule.counts_back else "+"
        if rule.term:
            later = f"{way} ({days} - {rule.days})"
            given |= {name: f"a.{name} {later}" for name in ("due_on", "from_on")}
            given["from_at"] = f"a.from_at + make_interval(days => 0 {later})"
        else:
            given["from_on"] = f"a.due_on {way} {days}"
    return EACH.format(rule=rule.code, name=name_of(rule.code), columns=", ".join(given.values()))


def _keep() -> str:
    others = [name for name in COLUMNS if name != "row_id"]
    return KEEP.format(
        columns=", ".join(COLUMNS),
        set=", ".join(f"{name} = excluded.{name}" for name in others),
        old=", ".join(f"d.{name}" for name in others),
        new=", ".join(f"excluded.{name}" for name in others),
    )


def question(rule: Rule) -> str:
    """What a rule asks of these cases, as SQL: the facts, whatever the day and whoever asks."""
    text: str = cast("Any", connection.ops).compose_sql(*words(rule))
    return text.replace(f"'{THESE.text}'::uuid[]", "cases")


def words(rule: Rule) -> tuple[str, tuple[Any, ...]]:
    """The same with its parameters, and with what stands for the cases."""
    rows, of_case = rule.rows(SOMEDAY), "case__"
    if rows.model is Case:
        rows, of_case = rows.annotate(case=F("pk"), case_id=F("pk")), ""
    rows = rows.filter(**{f"{of_case}pk__any_of": THESE})
    if not rule.after_closing:
        rows = rows.exclude(**{f"{of_case}status": CaseStatus.CLOSED})
    if rule.due is not None:
        rows = rows.annotate(due_on=rule.due_on)
    harm = Value(int(rule.harm)) if isinstance(rule.harm, Harm) else rule.harm
    rows = rows.annotate(
        row_id=F("pk"),
        target=F(rule.of),
        about=about_of(rule.about),
        from_on=_days_before(rule),
        from_at=Cast(Value(None) if rule.at is None else rule.asked_from, DateTimeField()),
        gravity=Cast(harm, IntegerField()),
    )
    if of_case:
        rows = rows.annotate(reference=F("case__reference"))
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


def name_of(code: str) -> str:
    return f"ask_{code.replace('-', '_')}"


def tables_of(text: str) -> set[str]:
    """The tables a question reads."""
    return set(re.findall(r'(?:FROM|JOIN) "(\w+)"', text))


def columns_of(text: str, model: type[Model]) -> set[str]:
    """Which columns of its table a question reads, whatever it calls the table there."""
    called = {model._meta.db_table, *re.findall(rf'"{model._meta.db_table}" (\w+)', text)}
    named = re.findall(rf'\b(?:{"|".join(sorted(called))})"?\."(\w+)"', text)
    return {*named} & {field.column for field in model._meta.fields} - {"id"}


def _triggers(questions: dict[str, str]) -> Iterator[str]:
    every = set().union(*map(tables_of, questions.values()))
    of_persons = [text for text in questions.values() if Victim._meta.db_table in tables_of(text)]
    for table in sorted(every & OF_CASES):
        yield from _on(table, "asks", "note_asked")
        if any(table in tables_of(text) for text in of_persons):
            yield from _on(table, "asks_of_persons", "note_asked_of_persons")
    yield _on_row(Case, "note_asked_of_case", questions, BORNE)
    # A person is in no case yet when they are first written down.
    yield _on_row(Victim, "note_asked_of_merged", questions)


def _on(table: str, name: str, function: str) -> Iterator[str]:
    for operation, written in WRITTEN.items():
        yield (
            f"create trigger {f'{table}_{name}_{operation}'[:63]} after {operation} on {table}"
            f" referencing {written} for each statement execute function {function}();"
        )


def _on_row(
    model: type[Model], function: str, questions: dict[str, str], also: tuple[str, ...] = ()
) -> str:
    table = model._meta.db_table
    columns = sorted({*also}.union(*(columns_of(text, model) for text in questions.values())))
    old, new = (", ".join(f"{which}.{name}" for name in columns) for which in ("old", "new"))
    return (
        f"create trigger {table}_asks after update on {table} for each row"
        f" when (({old}) is distinct from ({new})) execute function {function}();"
    )


def keep() -> None:
    """Run as the owner at the end of `migrate`: where a rule changed, every case is noted."""
    asked = sha256(wall().encode()).hexdigest()[:16]
    with connection.cursor() as cursor:
        cursor.execute("select obj_description('casework_derivedtask'::regclass)")
        if cursor.fetchone() != (asked,):
            note_all()
            cursor.execute(f"comment on table casework_derivedtask is '{asked}'")


def note_all() -> None:
    """As the owner: every case is to be asked again."""
    with connection.cursor() as cursor:
        cursor.execute(NOTE_ALL)


def ask_noted(time: timedelta | None = None) -> int:
    """Every case that is noted, a piece at a time, the longest noted first; how many were asked.
    With a `time`, no new piece is begun after it. One worker at a time does this."""
    done, until = 0, None if time is None else monotonic() + time.total_seconds()
    while until is None or monotonic() < until:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select ask_longest_noted(%s)", [AT_ONCE])
            (number,) = cursor.fetchone()
        if not number:
            break
        done += number
    return done


@shared_task(name="desk.ask_noted")
def ask_each_minute() -> None:
    """What an import or a new rule left to be asked, so that readers find it kept."""
    ask_noted(MINUTE)


@shared_task(name="desk.check_derived_tasks")
def check() -> None:
    """Every night the full question: is what is kept what would be asked? Triggers see to it, but
    for an office that moved to another zone; anything else is a fault of ours. It is noted here,
    and put right by whoever reads it first."""
    differed, last = 0, None
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select * from check_asked(%s, %s)", [last, AT_ONCE])
            last, n = cursor.fetchone()
        if last is None:
            break
        differed += n
    if differed:
        logger.error("derived tasks of %d cases were not as the record asks", differed)
