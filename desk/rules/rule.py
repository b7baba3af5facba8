"""What a rule of derived tasks is: a question to the record, who is asked it, and where it is done.

A derived task is there while its question finds its row, so it appears once, is always true, and
goes by itself. Most are kept by the database in step with the record, some are asked each time
(docs/adr/0029-derived-tasks-are-questions.md).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Value,
)
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework import case_pages
from core.access import CONTENT
from places.querysets import DayThere

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from uuid import UUID

    from django_stubs_ext import StrOrPromise

    from accounts.permissions import Perm
    from core.refusals import Words


NO_DAYS = timedelta(0)


class Urgency(IntEnum):
    """The groups of Today, the first first."""

    AT_ONCE = 1
    THIS_WEEK = 2
    IN_TIME = 3


URGENCIES = {
    Urgency.AT_ONCE: (_("At once"), "danger"),
    Urgency.THIS_WEEK: (_("This week"), "warn"),
    Urgency.IN_TIME: (_("When there is time"), "info"),
}


class Harm(IntEnum):
    """What is harmed if a thing is not done in hours: the order of Today and To do, the gravest
    first. A rule has its class where it is declared."""

    CUSTODY = 1
    DANGER = 2
    MEDICAL = 3
    NO_BED = 4
    HEARING = 5
    REST = 6


HARMS = {
    Harm.CUSTODY: (_("Custody limit"), "danger"),
    Harm.DANGER: (_("In danger"), "danger"),
    Harm.MEDICAL: (_("Needs a doctor"), "danger"),
    Harm.NO_BED: (_("No bed tonight"), "danger"),
    Harm.HEARING: (_("Hearing tomorrow without a witness"), "danger"),
    Harm.REST: (_("Everything else"), "info"),
}


@dataclass(frozen=True)
class Rule:
    """One line of the table."""

    code: str
    words: StrOrPromise  # what is to be done
    verb: StrOrPromise  # on the button
    page: str  # the name of the address that does it, with `of`; or a section of the case: "#care"
    permission: Perm  # whoever holds it is asked
    rows: Callable[[date], Any]  # the rows that stand in question on this day
    due: Any  # expression: the day by which it should be done; None: the row says it itself
    term: timedelta = NO_DAYS  # so long after that day, where the house has chosen how long
    urgency: Urgency | None = None  # None: by how near that day is
    harm: Any = Harm.REST  # or an expression, where the row decides
    ahead: timedelta | None = NO_DAYS  # asked so long before that day; None: from the first
    at: Any = None  # expression: the moment from which it is asked, where hours count
    of: str = "pk"  # the column that the page is opened with
    about: Any = None  # expression: a code, a number or a word that tells the row from others
    label: Callable[[str], Any] | None = None  # the words for the code in `about`
    level: int = CONTENT  # up to which level of the case the asked person must read
    second: str = ""  # the column of the person who asked, where somebody else must decide
    may_wait: bool = True  # whether it may be put off
    after_closing: bool = False  # whether it is asked of closed cases, too
    live: str = ""  # why it is asked anew each time, and not kept (desk/to_do/derived.py)
    fixed: Words | None = None  # why an organisation may only have it asked earlier

    @property
    def due_on(self) -> Any:
        return _later(self.due, self.term, DateField())

    @property
    def asked_from(self) -> Any:
        return _later(self.at, self.term, DateTimeField())

    @property
    def days(self) -> int | None:
        """The number of days that an organisation may set: the term, else how long before or after
        its day it is asked. None: it has none."""
        number = self.term or self.ahead
        return abs(number.days) if number else None

    @property
    def counts_back(self) -> bool:
        """Whether its days are before a day, so that more of them is earlier."""
        return self.term < NO_DAYS or (not self.term and bool(self.ahead and self.ahead > NO_DAYS))

    def with_days(self, days: int) -> Rule:
        """The same with another number of days."""
        if self.term:
            return replace(self, term=timedelta(-days if self.counts_back else days))
        return replace(self, ahead=timedelta(days if self.counts_back else -days))

    def in_label(self, about: str) -> str:
        label = self.label(about) if self.label else about
        return str(getattr(label, "label", label))

    @property
    def section(self) -> str:
        """Where it is done on the pages of the case; empty where a page of its own does it."""
        return self.page[1:] if self.page.startswith("#") else ""

    def address(self, case: UUID, target: UUID) -> str:
        if self.section:
            return case_pages.address(case, self.section)
        return reverse(self.page, args=[target])


def _later(day: Any, term: timedelta, kind: DateField | DateTimeField) -> Any:
    if day is None or not term:
        return day
    return Cast(ExpressionWrapper(day + Value(term), DateTimeField()), kind)


def after(day: str, term: timedelta = NO_DAYS) -> Cast:
    """The day that lies this long after a day of the row."""
    return Cast(F(day) + Value(term), DateField())


def day_of(moment: str | OuterRef, term: timedelta = NO_DAYS) -> DayThere:
    """The day that lies this long after a moment of the row, by the clock of the office of its
    case, whoever is asked."""
    of_row = F if isinstance(moment, str) else OuterRef
    zone = Func(of_row("office"), function="zone_of_office", output_field=CharField())
    then = F(moment) if isinstance(moment, str) else moment
    return DayThere(zone, ExpressionWrapper(then + Value(term), DateTimeField()))


def last_day_of(moment: str) -> DayThere:
    """The day on which a limit ends; one at midnight with the day before, as the docket says."""
    return day_of(moment, timedelta(microseconds=-1))
