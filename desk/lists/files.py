"""Lists that become a file at once, which is not locked: which cases there are, who gives care, who
has an account, what the history says.

What else stands in cases leaves locked, by an export (`exchange/exports/`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from operator import attrgetter
from typing import TYPE_CHECKING, cast

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import Status
from accounts.models.list_views import ListName
from accounts.roles import Role
from aftercare.provider_search import providers_in_words
from casework.models import Case
from core.access import EXISTS, SEALED
from core.arrays import Array
from core.lists.forms import FILTERS
from core.refusals import gettext as _
from core.services import Refused
from desk.to_do.lines import lines
from desk.to_do.together import open_of
from desk.trail.events import described

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from django_stubs_ext import StrPromise

    from accounts.models import User
    from aftercare.models import Provider
    from casework.models import Task
    from core.models import AuditEvent, Record

    Line = Sequence[object]

MOST_IN_A_FILE = 5000


class FileReason(TextChoices):
    """What a list is taken away for."""

    SUPERVISION = "supervision", gettext_lazy("A meeting")
    FIGURES = "figures", gettext_lazy("To check figures")
    AUTHORITY = "authority", gettext_lazy("A court or an authority asks for it")
    HANDOVER = "handover", gettext_lazy("Handing over to somebody")
    OTHER = "other", gettext_lazy("Another reason")


@dataclass(frozen=True)
class Wanted:
    """All pages of a list as its address narrows it, or `only` these of its rows; and what for."""

    query: Mapping[str, str]
    reason: str
    only: Collection[str] = ()


@dataclass(frozen=True)
class Filed:
    """`deed`: what the history says of who took it; `head` and `lines`: what the file holds of its
    rows; `within`: which of them may leave; `named`: those of these names, where not ids."""

    listed: str
    deed: str
    head: str
    lines: Callable[..., Iterable[Line]]
    says: StrPromise
    within: Callable[..., Sequence[Record]] = lambda rows, _reader: rows
    named: Callable[..., Sequence[Record]] | None = None

    def rows(
        self, reader: User, query: Mapping[str, str], only: Collection[str] = ()
    ) -> Sequence[Record]:
        """All rows as the list is narrowed, or `only` these. Raises `Refused`."""
        form, errors = FILTERS[self.listed](query, user=reader), dict[str, list[str]]()
        listed = form.table.listed
        order = listed.order(query.get("sort", ""), errors)
        rows = form.narrow(listed.reach(reader)).order_by(*order.order(backwards=False))
        if form.errors or errors:
            words = _(
                "A filter or an order in the address is not one of this list. Choose it again."
            )
            raise Refused(words)
        if only and self.named:
            return self.within(self.named(reader, only), reader)
        records = list((rows.filter(pk__in=only) if only else rows)[: MOST_IN_A_FILE + 1])
        if len(records) > MOST_IN_A_FILE:
            words = _("The list has more than %(n)s rows. Narrow it first.")
            raise Refused(words % {"n": MOST_IN_A_FILE})
        return self.within(records, reader)

    def table(self, rows: Sequence[Record], reader: User) -> list[Line]:
        """A head and a line for each row, with who took it and when on each."""
        mark = f"{reader.username} {timezone.now():%Y-%m-%dT%H:%MZ}"
        lines = [[*line, mark] for line in self.lines(rows, reader)]
        return [[*self.head.split(), "watermark"], *lines]


def _may_leave(keys: Iterable[object], reader: User) -> set[object]:
    """As in an export without a second person: no sealed case, and none that is open to the person
    for a while only, by an emergency or a disclosure."""
    rows = Case.objects.filter(pk__any_of=Array(keys), level__lt=SEALED)
    rows = rows.filter(reader.scope.rows(EXISTS, case="pk", office="office"))
    return set(rows.values_list("pk", flat=True))


def _cases_that_may(cases: list[Case], reader: User) -> list[Case]:
    may = _may_leave({case.pk for case in cases}, reader)
    return [case for case in cases if case.pk in may]


def _tasks_that_may(tasks: list[Task], reader: User) -> list[Task]:
    may = _may_leave({task.case_id for task in tasks}, reader)
    return [task for task in tasks if task.case_id in may]


def _of_cases(cases: list[Case], _reader: User) -> Iterable[Line]:
    """That it exists, where it stands; no name, no content."""
    for case in cases:
        yield (
            *(case.reference, case.status, case.programme, case.support_level),
            *(case.jurisdiction.code, case.jurisdiction.name, case.office.code),
            *(case.opened_on, case.closed_on or ""),
        )


def _of_tasks(tasks: list[Task], reader: User) -> Iterable[Line]:
    for line in lines(tasks, reader):
        whose = line.get("whose", "")
        yield line["reference"], line["what"], line["about"], whose, line["due_on"], line["due"]


def _of_providers(providers: list[Provider], reader: User) -> Iterable[Line]:
    for line in providers_in_words(providers, reader):
        provider = line["provider"]
        yield (
            *(provider.name, provider.jurisdiction.code, line["place"]),
            *("; ".join(line["services"]), line["takes"], line["beds"]),
            *(provider.is_active, line["agrees"], provider.created_at.date()),
        )


def _of_people(people: list[User], _reader: User) -> Iterable[Line]:
    for person in people:
        held = [
            f"{Role(each.role).label}, {each.office.name}"
            for each in attrgetter("in_office")(person)
        ]
        status = Status(attrgetter("status")(person)).value
        yield person.name, person.username, "; ".join(held), status, person.created_at.date()


def _of_events(events: list[AuditEvent], _reader: User) -> Iterable[Line]:
    for event, line in zip(events, described(events), strict=True):
        who, at = cast("dict[str, str]", line["who"]), event.at.astimezone(UTC)
        yield (
            *(line["id"], f"{at:%Y-%m-%dT%H:%M:%SZ}", line["kind"], who["name"], who["roles"]),
            *(line["deed"], line["reason"], line["record"], line["record_id"], line["request"]),
        )


CASES = Filed(
    ListName.CASES,
    "case.exported",
    "reference status programme support place place_name office opened_on closed_on",
    _of_cases,
    gettext_lazy(
        "The file has their references, without names. Sealed cases and cases opened in an"
        " emergency are left out. Anybody who has the file can read it."
    ),
    _cases_that_may,
)
TASKS = Filed(
    ListName.TASKS,
    "task.exported",
    "case what about whose due_on due",
    _of_tasks,
    gettext_lazy(
        "The file has references of cases and codes, and what people wrote down as to be done."
        " Sealed cases and cases opened in an emergency are left out. Anybody who has the file can"
        " read it."
    ),
    _tasks_that_may,
    open_of,
)
PROVIDERS = Filed(
    ListName.PROVIDERS,
    "provider.exported",
    "name place place_name offers takes beds active agreement added_on",
    _of_providers,
    gettext_lazy("The file has no addresses. Anybody who has the file can read it."),
)
PEOPLE = Filed(
    ListName.PEOPLE,
    "people.exported",
    "name username roles status added_on",
    _of_people,
    gettext_lazy("The file has names, user names and roles. Anybody who has the file can read it."),
)
EVENTS = Filed(
    ListName.AUDIT,
    "audit.exported",
    "id at kind who roles deed reason record record_id request",
    _of_events,
    gettext_lazy(
        "The file has ids of records, never their content. Anybody who has the file can read it."
    ),
)
FILED = (CASES, TASKS, PROVIDERS, PEOPLE, EVENTS)
