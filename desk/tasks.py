"""What is to be done: the rules asked of the record and the tasks of people, as one list.

All questions go to the database as one statement, a member for each rule, each narrowed to what
its reader may see and change. Rows come back as `Task`s, the derived ones without being stored.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, IntegerField

from casework.enums import CaseStatus
from casework.models import Case, Snooze, Task
from core import clock
from core.access import CONTENT
from core.pagination import Sort
from desk.questions import LONG, by_day, in_order, open_to, prepared, rows_of
from desk.rules import BY_CODE, RULES, Harm, Rule, Urgency
from desk.rules.terms import LONG_OVERDUE, SOON

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User

NO_RULE = ""  # of tasks that somebody wrote down
OWN = "own"  # how they are asked for
COLUMNS = (
    "rule",
    "id",
    "case_id",
    "reference",
    "due_on",
    "urgent",
    "harm",
    "place",
    "about",
    "target",
    "until",
    "snoozed",
)

# Around the union of the members: the first of each kind, and how many there are.
FIRST_OF_EACH = """
select * from (
    select t.*, count(*) over kind as in_all,
           row_number() over (kind order by place, id) as nth
      from (%s) t
    window kind as (partition by until is null, {by})) of_each
 where nth <= case when {folded} then 1 else %%s end order by place, id
"""


class Kind(NamedTuple):
    """What is counted together. Of what is folded one stands for all. What is put off is counted
    by itself."""

    by: str
    folded: str = f"place >= {LONG} and until is null"


BY_RULE = Kind("rule, urgent", "false")
BY_HARM = Kind(f"case when place >= {LONG} then rule else harm::text end")
IN_ALL = Kind(f"case when place >= {LONG} then rule end")


@dataclass(frozen=True)
class ToDo:
    """A list that may be narrowed, ordered and cut like a queryset; read when it is cut."""

    members: tuple[Any, ...]
    order: tuple[Any, ...] = ()
    model = Task

    def filter(self, *conditions: Any, **more: Any) -> ToDo:
        return replace(self, members=tuple(m.filter(*conditions, **more) for m in self.members))

    def order_by(self, *order: Any) -> ToDo:
        return replace(self, order=order)

    def __getitem__(self, cut: slice) -> list[Any]:
        """The first of all members together."""
        return self._read(COLUMNS, self.order, each=cut, of_all=cut)

    def first_of_each(self, most: int, kind: Kind = BY_RULE) -> list[Any]:
        """So many of each kind, the most pressing, each with the `in_all` of its kind."""
        rows = self._together(COLUMNS)
        if rows is None:
            return []
        statement, given = rows.query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(FIRST_OF_EACH.format(**kind._asdict()) % statement, (*given, most))
            names = [column.name for column in cursor.description]
            return as_tasks(dict(zip(names, row, strict=True)) for row in cursor.fetchall())

    def counted(self) -> list[tuple[str, int, int]]:
        """How many of each rule and urgency, all of them."""
        kinds = ("rule", "urgent")
        parts = [m.order_by().values(*kinds).annotate(n=Count("pk")) for m in self.members]
        if not parts:
            return []
        found = parts[0].union(*parts[1:], all=True).values_list(*kinds, "n")
        return [kind for kind in found if kind[-1]]

    def _read(self, columns: Any, order: Any, *, each: slice, of_all: slice) -> list[Any]:
        rows = self._together(columns, each)
        if rows is not None and self.members[1:]:
            rows = rows.order_by(*order)[of_all]
        return as_tasks([] if rows is None else rows)

    def _together(self, columns: Any, each: slice = slice(None)) -> Any:
        """The first rows of every member; None, where no member is."""
        parts = [m.order_by(*self.order).values(*columns)[each] for m in self.members]
        if not parts:
            return None
        return parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]


class Pressing(Sort):
    """By the place in the order, which no table has."""

    def field_of(self, column: str, model: Any) -> Any:
        return IntegerField() if column == "place" else super().field_of(column, model)


# No two rules ask of one row on one day, so a row and its day tell a task from all others; two
# days have two places.
PRESSING, BY_DAY = Pressing(("place", "id")), Sort(("due_on", "id"))


def to_do(
    user: User,
    *,
    rules: Iterable[Rule] = RULES,
    own: Any = None,
    case: Case | None = None,
    asleep: bool | None = False,
    beside: bool = False,
    second: bool = True,
    due: bool = True,
) -> ToDo:
    """What these rules ask of what this person may see and change, and these tasks of people.

    `case`: of this case alone, which the person has open. `asleep`: what is put off instead, with
    the day `until` it is; None: both; `beside`: both, each counted by itself. `second`: what waits
    for a second person is not asked of the first. Not `due`: what will be asked later, instead.
    """
    today = clock.today()
    resting = set(Snooze.objects.in_force(today).values_list("rule", flat=True).distinct())
    asked_of = [rule for rule in rules if not asleep or rule.code in resting]
    if not due:  # what is asked from the first is never to come
        asked_of = [rule for rule in asked_of if rule.ahead is not None]
    if not second:
        asked_of = [replace(rule, second="") for rule in asked_of]
    questions = [(rule, asleep, rule.code in resting) for rule in asked_of]
    if beside:
        questions += [(rule, True, True) for rule, _asleep, rests in questions if rests]
    members = []
    for rule, asleep_too, rests in questions:
        rows = open_to(rule, user, today, case)
        if not rows.query.is_empty():
            members.append(rows_of(rule, rows, user, today, asleep_too, rests=rests, due=due))
    if own is not None and not own.query.is_empty():
        own = own if case is None else own.filter(case=case)
        rows = in_order(prepared(own, NO_RULE, today), Harm.REST, today)
        members.append(by_day(rows, today))
    return ToDo(tuple(members))


def key_of(task: Task) -> str:
    """What a task is called by programs: a derived one by its rule and the row it is asked of."""
    return f"{task.rule}:{task.pk}" if task.rule else str(task.pk)


def split_key(key: str) -> tuple[str, UUID | None]:
    """The rule and the row of a task from what programs call it; no row: it is no such name."""
    rule, _colon, row = key.rpartition(":")
    try:
        found = UUID(row)
    except ValueError:
        return rule, None
    return (rule, found) if str(found) == row else (rule, None)


def find(user: User, rule: str, row: UUID) -> Any:
    """What this rule asks of this row now, put off or not; nothing where it does not."""
    if rule not in BY_CODE:
        return None
    found = to_do(user, rules=[BY_CODE[rule]], asleep=None).filter(pk=row)
    return next(iter(found.order_by(F("due_on").asc())[:1]), None)


def urgency_of(task: Any) -> Urgency:
    """As the list found it; of a task by itself, by how near its day is."""
    known: Urgency | None = getattr(task, "urgency", None)
    if known is not None:
        return known
    today = clock.today()
    if task.due_on <= today:
        return Urgency.AT_ONCE
    return Urgency.THIS_WEEK if task.due_on <= today + SOON else Urgency.IN_TIME


def harm_of(task: Any) -> Harm:
    """As the list found it; what people wrote down has no class of its own."""
    return Harm(getattr(task, "harm", Harm.REST))


def long_overdue(task: Any) -> bool:
    """Whether it is folded: overdue for more than a month."""
    known: int | None = getattr(task, "place", None)
    if known is not None:
        return known >= LONG
    return bool(task.due_on < clock.today() - LONG_OVERDUE)


def own_tasks(user: User) -> Any:
    """Open tasks of people in cases this person may change."""
    rows = Task.objects.visible_to(user).open().exclude(case__status=CaseStatus.CLOSED)
    return rows.filter(user.scope.rows(CONTENT, case="case", office="office"))


def asked(user: User) -> list[Rule]:
    """The rules this person is asked by: those whose deed is theirs."""
    return [rule for rule in RULES if user.has_perm(rule.permission)]


def as_tasks(rows: Iterable[dict[str, Any]]) -> list[Any]:
    """Rows of the one statement as tasks; what people wrote down is fetched with one more."""
    found = list(rows)
    written = Task.objects.select_related("assignee", "case").in_bulk(
        [row["id"] for row in found if row["rule"] == NO_RULE]
    )
    return [_as_task(row, written) for row in found]


def _as_task(row: dict[str, Any], written: dict[Any, Task]) -> Any:
    rule = BY_CODE.get(row["rule"])
    if rule is None:
        task: Any = written[row["id"]]
    else:
        task = Task(id=row["id"], case_id=row["case_id"], due_on=row["due_on"])
        task.what = str(rule.words)
    task.rule, task.asks, task.may_wait = row["rule"], rule, bool(rule and rule.may_wait)
    task.urgency, task.until, task.snooze = Urgency(row["urgent"]), row["until"], row["snoozed"]
    task.harm, task.place = Harm(row["harm"]), row["place"]
    task.about = rule.in_label(row["about"]) if rule else ""
    task.reference, task.target = row["reference"], row["target"]
    task.total = row.get("in_all")
    return task
