"""The list of what is to be done: which, in which orders, narrowed by what.

Of what the database keeps, any order reads as much as it shows (`desk/to_do/first_rows.py`); rules
that are asked live, and tasks of people, are found whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from casework.models import Task
from core.lists import pagination
from core.lists.declared import List
from core.lists.forms import ListFilter
from core.lists.pages import ListPage
from core.lists.tables import Column, Table
from desk.rules import HARMS, Harm
from desk.to_do.first_rows import MOST_COUNTED
from desk.to_do.kinds import IN_ALL
from desk.to_do.lines import PEOPLES
from desk.to_do.orders import ORDERS, PRESSING
from desk.to_do.tasks import OWN, ToDo, long_overdue, rules_for, tasks_to_do, to_do

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from core.access import ScopedQuerySet

CLASSES = {harm.name.lower(): harm for harm in Harm}


def all_to_do(reader: User) -> ToDo:
    """All that needs this person."""
    return to_do(reader, rules=rules_for(reader), mine=True, own=tasks_to_do)


TASKS: List[Any] = List(
    Task.objects.all(), orders=ORDERS, seen=lambda _rows, reader: all_to_do(reader).near()
)
TASK_TABLE = Table(
    TASKS,
    Column("what", _("What is to be done"), order="kind"),
    Column("harm", _("How urgent"), order="pressing"),
    Column("case", _("Case"), order="case"),
    Column("due", _("Due"), order="day"),
    Column("whose", _("For whom")),
    name="tasks",
    counted=lambda count: ngettext("%(count)s thing to do", "%(count)s things to do", count),
)


class ToDoFilter(ListFilter):
    """By what asks for it, and by what is harmed if it waits."""

    table = TASK_TABLE

    rule = forms.ChoiceField(label=_("What is to be done"), required=False)
    harm = forms.ChoiceField(label=_("How urgent"), required=False)

    def __init__(self, data: Mapping[str, str], *, user: User) -> None:
        super().__init__(data, user=user)
        self.everything = all_to_do(user)
        asked = [(rule.code, rule.words) for rule, *_rests in self.everything.asked.questions]
        self.offer("rule", [(OWN, PEOPLES), *asked])
        self.offer("harm", [(code, HARMS[harm][0]) for code, harm in CLASSES.items()])

    def narrow(self, rows: ScopedQuerySet) -> ScopedQuerySet:
        self.is_valid()
        tasks: Any = rows
        if rule := self.chosen().get("rule"):
            tasks = tasks.of_rule(rule)
        if harm := self.chosen().get("harm"):
            tasks = tasks.filter(harm=CLASSES[harm])
        return tasks


class ToDoPage(ListPage):
    """With what is long overdue, `folded` on the first page of the usual order: a statement for
    both, which says as well how many there are."""

    folded: tuple[Task, ...] = ()
    in_all: int | None = None

    def read(self, cursor: str) -> pagination.Page:
        if cursor or self.sort or self.form is None:
            return super().read(cursor)
        form: Any = self.form
        whole: Any = form.narrow(form.everything)
        rows = whole.first_of_each(pagination.DEFAULT + 1, IN_ALL)
        near = [task for task in rows if not long_overdue(task)]
        self.folded = tuple(task for task in rows if long_overdue(task))
        self.in_all = near[0].total if near else 0
        size = pagination.DEFAULT
        return pagination.page_of(near, PRESSING, size, backwards=False, first=True)

    def count(self) -> int:
        """What the first page knows, as far as it is exact."""
        if self.in_all is None or self.in_all > MOST_COUNTED:
            return super().count()
        return self.in_all

    def up_to(self, most: int) -> int:
        tasks: Any = self._all
        return int(tasks.up_to(most))
