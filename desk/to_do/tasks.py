"""What is to be done: the rules asked of the record and the tasks of people, as one list.

All questions go to the database as one statement, a member for what it keeps of the rules and one
for each rule asked live, each narrowed to what its reader may see and change. Before it, the cases
that were written in are asked again; where that cannot be, every rule is asked live. Rows come back
as `Task`s that are never saved.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Q

from casework.enums import CaseStatus
from casework.kept_answers import MOST, asked_again
from casework.models import Case, Task
from core.access import CONTENT
from core.days import clock
from core.shortcuts.statements import KeptStatement
from desk.rules import BY_CODE, RULES, Harm, Rule, Urgency
from desk.rules.chosen import as_chosen, chosen_and_resting
from desk.rules.terms import LONG_OVERDUE, SOON
from desk.to_do.first_rows import Cut, narrowed_to
from desk.to_do.kinds import BY_RULE, FIRST_OF_EACH, REFERENCE, UP_TO, Kind
from desk.to_do.questions import LONG, NO_RULE, Questions
from desk.to_do.statements import all_of, column_of, counted, in_order, named

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable
    from datetime import date

    from accounts.models import User
    from core.shortcuts.statements import Words

OWN = "own"  # how they are asked for
PLACES = [("place", False), ("id", False)]
BY_INDEX = {("place", "id"), ("due_on", "id"), ("reference", "due_on", "id")}


@dataclass(frozen=True)
class ToDo:
    """A list that may be narrowed, ordered and cut like a queryset; read when it is cut."""

    asked: Questions
    user: Any
    case: Case | None = None
    most: int = MOST  # cases that are asked again for it
    narrowed: tuple[Q, ...] = ()
    is_near: bool = False  # without what is long overdue
    order: tuple[Any, ...] = ()
    model = Task

    def filter(self, *conditions: object, **more: object) -> ToDo:
        return replace(self, narrowed=(*self.narrowed, Q(*conditions, **more)))

    def of_rule(self, code: str) -> ToDo:
        """What this rule asks, or the tasks of people alone."""
        asked = tuple(question for question in self.asked.questions if question[0].code == code)
        own = self.asked.own if code == OWN else None
        return replace(self, asked=replace(self.asked, questions=asked, own=own))

    def near(self) -> ToDo:
        """But what is long overdue."""
        return replace(self, is_near=True)

    def order_by(self, *order: object) -> ToDo:
        return replace(self, order=order)

    def __getitem__(self, cut: slice) -> list[Any]:
        """The first of all members together."""
        order, most = [column_of(by) for by in self.order], cut.stop
        first = self._cut(order, most)
        ordered = partial(in_order, order=order, most=most)
        return self._tasks(self._words(ordered, ("in order", *order, most), cut=first))

    def _cut(self, order: list[tuple[str, bool]], most: int) -> Cut | None:
        """How an index gives the first of them; nothing, where none has their order or what they
        are narrowed to."""
        known = narrowed_to(self.narrowed)
        columns = tuple(column for column, _down in order if column != "rule")
        if known is None or columns not in BY_INDEX:
            return None
        return Cut(most, columns[0], order[0][1], known.get("harm"))

    def first_of_each(self, most: int, kind: Kind = BY_RULE) -> list[Any]:
        """So many of each kind, the most pressing, each with the `in_all` of its kind: exact up to
        `MOST_COUNTED`, beyond it only more."""
        statement, given = self._words(all_of, cut=self._cut(PLACES, 0))
        if not statement:
            return []
        each = FIRST_OF_EACH.format(reference=REFERENCE, **kind._asdict()) % statement
        return self._tasks((each, (*given, most)))

    def _tasks(self, words: Words) -> list[Any]:
        statement, given = words
        if not statement:
            return []
        with connection.cursor() as cursor:
            cursor.execute(statement, given)
            names = [column.name for column in cursor.description]
            return as_tasks(dict(zip(names, row, strict=True)) for row in cursor.fetchall())

    def up_to(self, most: int) -> int:
        """How many there are, counted no further."""
        some = partial(all_of, most=most)
        statement, given = self._words(some, most, cut=self._cut(PLACES, most))
        if not statement:
            return 0
        with connection.cursor() as cursor:
            cursor.execute(UP_TO.format(most=most) % statement, given)
            (number,) = cursor.fetchone()
            return int(number)

    def counted(self) -> list[tuple[str, int, int]]:
        """How many of each rule and urgency, all of them."""
        statement, given = self._words(counted, "counted")
        if not statement:
            return []
        with connection.cursor() as cursor:
            cursor.execute(statement, given)
            return [kind for kind in cursor.fetchall() if kind[-1]]

    def _keeps(self) -> bool:
        """Whether what is kept is what would be asked, and so may be read."""
        return self.asked.can_be_kept and asked_again(self.user, self.case, self.most)

    def _members(
        self, reader: User, today: date, case: Case | None, *, kept: bool, cut: Cut | None
    ) -> list[Any]:
        asked = self.asked.of(reader, today, case, kept=kept, cut=cut)
        if "reference" in [column_of(by)[0] for by in self.order]:  # from one on
            asked = [named(member) for member in asked]
        near = [Q(due_on__gte=today - LONG_OVERDUE)] if self.is_near else []
        return [member.filter(*self.narrowed, *near) for member in asked]

    def _words(
        self, union: Callable[[list[Any]], Words], name: Hashable = "", *, cut: Cut | None = None
    ) -> Words:
        """The statement with its parameters; empty, where nothing is asked."""
        kept = self._keeps()

        def build(reader: User, today: date, case: Case | None) -> Words:
            members = self._members(reader, today, case, kept=kept, cut=cut)
            return union(members) if members else ("", ())

        if self.narrowed:  # by what words are not kept for
            return build(self.user, clock.today(), self.case)
        return _kept(
            (name, kept, self.is_near, self.asked), build, self.user, clock.today(), self.case
        )


_kept = KeptStatement()


def to_do(
    user: User,
    *,
    rules: Iterable[Rule] = RULES,
    mine: bool = False,
    own: Callable[[Any], Any] | None = None,
    case: Case | None = None,
    asleep: bool | None = False,
    beside: bool = False,
    second: bool = True,
    due: bool = True,
    writes: bool = False,
) -> ToDo:
    """What these rules ask of what this person may see and change, and these tasks of people.

    Rules are asked as the organisation has set them; `mine`: and of this person. `case`: of this
    case alone, which the person has open. `asleep`: what is put off instead, with the day `until`
    it is; None: both; `beside`: both, each counted by itself. `second`: what waits for a second
    person is not asked of the first. Not `due`: what will be asked later, instead.
    `writes`: for a deed, which asks no case again: what is kept of it would be locked before what
    the deed locks first.
    """
    chosen, resting = chosen_and_resting(user)
    asked_of = [
        rule
        for rule in as_chosen(rules, chosen, user if mine else None)
        if not asleep or rule.code in resting
    ]
    if not due:  # what is asked from the first is never to come
        asked_of = [rule for rule in asked_of if rule.ahead is not None]
    if not second:
        asked_of = [replace(rule, second="") for rule in asked_of]
    questions = [(rule, asleep, rule.code in resting) for rule in asked_of]
    if beside:
        questions += [(rule, True, True) for rule, _asleep, rests in questions if rests]
    return ToDo(Questions(tuple(questions), own, due), user, case, 0 if writes else MOST)


def key_of(task: Task) -> str:
    """What a task is called by programs: a derived one by its rule and the row it is asked of."""
    return f"{task.rule}:{task.pk}" if task.rule else str(task.pk)


def split_key(key: str) -> tuple[str, UUID | None]:
    """The rule and the row of a task from what programs call it; no row: it is no such name."""
    rule, _colon, row = key.rpartition(":")
    try:
        pk = UUID(row)
    except ValueError:
        return rule, None
    return (rule, pk) if str(pk) == row else (rule, None)


def find(user: User, rule: str, row: UUID) -> Any:
    """What this rule asks of this row now, put off or not; nothing where it does not."""
    if rule not in BY_CODE:
        return None
    tasks = to_do(user, rules=[BY_CODE[rule]], asleep=None, writes=True).filter(id=row)
    return next(iter(tasks.order_by(F("due_on").asc())[:1]), None)


def urgency_of(task: Task) -> Urgency:
    """As the list found it; of a task by itself, by how near its day is."""
    known: Urgency | None = getattr(task, "urgency", None)
    if known is not None:
        return known
    today = clock.today()
    if task.due_on <= today:
        return Urgency.AT_ONCE
    return Urgency.THIS_WEEK if task.due_on <= today + SOON else Urgency.IN_TIME


def harm_of(task: object) -> Harm:
    """As the list found it; what people wrote down has no class of its own."""
    return Harm(getattr(task, "harm", Harm.REST))


def long_overdue(task: Task) -> bool:
    """Whether it is folded: overdue for more than a month."""
    known: int | None = getattr(task, "place", None)
    by_day = task.due_on < long_since()
    return bool(by_day if known is None else known >= LONG)


def tasks_to_do(user: User) -> Any:
    """Of the tasks of people what this person has to do."""
    return own_tasks(user).resting_on(user)


def long_since() -> date:
    """The first day of which a task is not long overdue."""
    return clock.today() - LONG_OVERDUE


def own_tasks(user: User) -> Any:
    """Open tasks of people in cases this person may change."""
    rows = Task.objects.visible_to(user).open().exclude(case__status=CaseStatus.CLOSED)
    return rows.filter(user.scope.rows(CONTENT, case="case", office="office"))


def rules_for(user: User) -> list[Rule]:
    """The rules this person is asked by: those whose deed is theirs."""
    return [rule for rule in RULES if user.has_perm(rule.permission)]


def as_tasks(rows: Iterable[dict[str, object]]) -> list[Any]:
    """Rows of the one statement as tasks; what people wrote down is fetched with one more."""
    records = list(rows)
    written = Task.objects.select_related("assignee", "case").in_bulk(
        [row["id"] for row in records if row["rule"] == NO_RULE]
    )
    return [_as_task(row, written) for row in records]


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
