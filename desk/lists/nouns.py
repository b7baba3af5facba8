"""Each of these lists: its page, its filter, what is read beside its rows, and its words."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.list_views import PAGES, page_of
from accounts.permissions import Perm
from core.arrays import Array
from core.shortcuts.statements import THESE, KeptStatement
from desk.lists.case_facts import Facts, facts_of
from desk.lists.cells import (
    Cell,
    Cells,
    html_of,
    labels_of,
    of_hearing,
    of_referral,
    of_survivor,
    of_suspect,
)
from desk.lists.filters import HearingFilter, ReferralFilter, SurvivorFilter, SuspectFilter
from prosecutions.models import Suspect

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID

    from django.db.models import QuerySet
    from django_stubs_ext import StrPromise

    from accounts.models import User
    from core.lists.forms import ListFilter
    from core.lists.pages import ListPage
    from core.lists.tables import Column

OF_FACTS = {"team", "next", "active"}  # columns that are asked for all cases of a page


@dataclass(frozen=True)
class Noun:
    """`deed`: what the history says of who saw it; `beside`: what is read with each row; `people`:
    where it names a person; `adds`: to the rows of a page what is asked for all of them."""

    name: str
    needs: str
    deed: str
    filter: type[ListFilter]
    beside: tuple[str, ...]
    people: tuple[str, ...]
    cells: Callable[..., Cells]
    title: StrPromise
    lead: StrPromise
    none: StrPromise
    where: StrPromise
    icon: str
    adds: Callable[[list[Any], User], None] | None = None

    @property
    def url(self) -> str:
        return reverse(PAGES[self.name])

    @property
    def label(self) -> str:
        """Of what its rows are, as the history names it."""
        return str(self.filter.table.listed.rows.model._meta.label)


@dataclass(frozen=True)
class Line:
    """A row of the page: what stands in each column that is shown, and the same as it is written.
    `seen`: its case and person."""

    id: UUID
    seen: tuple[UUID, ...]
    cells: tuple[tuple[Column, Cell], ...]
    html: str

    @property
    def called(self) -> str:
        """What tells the row from others, said of its box."""
        return ", ".join(cell.words for _column, cell in self.cells if cell.url)


@dataclass(frozen=True)
class Lines:
    noun: Noun
    page: ListPage
    rows: tuple[Line, ...]

    @property
    def ids(self) -> list[UUID]:
        return [line.id for line in self.rows]

    @property
    def seen(self) -> set[UUID]:
        return {pk for line in self.rows for pk in line.seen}


def _with_status(rows: list[Any], user: User) -> None:
    """Where each stands is a long question, kept in words."""
    unknown = Array(row.pk for row in rows if not hasattr(row, "status"))
    known = dict(_kept.rows("statuses", _statuses, user, unknown))
    for row in rows:
        row.status = known.get(row.pk, getattr(row, "status", ""))


def _statuses(reader: Any) -> QuerySet[Suspect, Any]:
    rows: Any = Suspect.objects.visible_to(reader).filter(pk__any_of=THESE)
    statuses: QuerySet[Suspect, Any] = rows.with_status().order_by().values_list("pk", "status")
    return statuses


_kept = KeptStatement()
SURVIVORS = Noun(
    "survivors",
    Perm.VICTIM_VIEW,
    "survivor.list",
    SurvivorFilter,
    ("victim", "case__jurisdiction"),
    ("pk", "victim_id"),
    of_survivor,
    _("Survivors"),
    _("In cases open to you, by code. Names are on the page of each, for whom they are open."),
    _("No survivor yet"),
    _("People are added by the rescue, or on the page of a case."),
    "users",
)
SUSPECTS = Noun(
    "suspects",
    Perm.SUSPECT_VIEW,
    "suspect.list",
    SuspectFilter,
    ("case__jurisdiction",),
    ("perpetrator_id",),
    of_suspect,
    _("Suspects"),
    _("In cases open to you, by code. What is known of the person is on the page of each."),
    _("No suspect yet"),
    _("A suspect is added on the page of a case."),
    "users",
    _with_status,
)
HEARINGS = Noun(
    "hearings",
    Perm.PROSECUTION_VIEW,
    "hearing.list",
    HearingFilter,
    ("case__jurisdiction", "prosecution__jurisdiction", "prosecution__court"),
    (),
    of_hearing,
    _("Hearings"),
    _("All hearings of cases open to you, past and to come. The docket has those of a day."),
    _("No hearing yet"),
    _("A hearing is listed on the page of a case, under Court."),
    "gavel",
)
REFERRALS = Noun(
    "referrals",
    Perm.REFERRAL_VIEW,
    "referral.list",
    ReferralFilter,
    ("case__jurisdiction", "involvement", "provider"),
    ("involvement_id", "involvement.victim_id"),
    of_referral,
    _("Referrals"),
    _("What survivors in cases open to you need, who was asked for it, and what they answered."),
    _("No referral yet"),
    _("A referral is drafted by the rescue, or on the page of a survivor."),
    "hand-heart",
)
NOUNS = (SURVIVORS, SUSPECTS, HEARINGS, REFERRALS)


def lines_of(noun: Noun, query: Mapping[str, str], user: User) -> Lines:
    """One page of a list. Raises `BadPage`."""
    page = page_of(noun.filter(query, user=user), *noun.beside)
    if noun.adds:
        noun.adds(page.rows, user)
    cases = list({row.case_id: row.case for row in page.rows}.values())
    facts = facts_of(cases, user) if OF_FACTS & page.shows else Facts()
    labels = labels_of(page)
    return Lines(noun, page, tuple(_line(noun, page, labels, row, facts) for row in page.rows))


def _line(noun: Noun, page: ListPage, labels: list[str], row: object, facts: Facts) -> Line:
    cells = noun.cells(row, facts)
    pairs = tuple((column, cells[column.name]) for column in page.columns)
    seen = tuple(attrgetter(name)(row) for name in ("case_id", *noun.people))
    return Line(attrgetter("pk")(row), seen, pairs, html_of(page, labels, cells))
