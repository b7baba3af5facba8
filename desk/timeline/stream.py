"""Rows of many tables as one stream, the newest first, paged by key: one statement a page."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.core.exceptions import EmptyResultSet
from django.core.signing import BadSignature, Signer
from django.db.models import DateTimeField, F, OuterRef, Q, Subquery, Value
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.db.models.functions import JSONObject, TruncDate
from django.utils.translation import gettext as _

from core.lists.pagination import BadPage, Page
from core.shortcuts.statements import KeptStatement

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import Model, QuerySet

    from accounts.models import User
    from casework.models import Case

    Key = tuple[str, str, str, str]  # day, moment it was written down, id, source
    Facts = dict[str, Any]

# One row may be told of by several sources on one day: a charge framed and pleaded to.
ORDER = ("stream_day", "stream_at", "stream_id", "stream_source")
SHOWN = (*ORDER, "stream_facts")
SIGNER = Signer(salt="desk.timeline.stream")


@dataclass(frozen=True)
class Source:
    """One thing that happens in a case: which rows tell of it, on which day, and in which words.

    `facts` are what the words need of a row: paths of columns, or functions of case and reader for
    what is read elsewhere, which then pass through `visible_to` as well. `person` is the column
    that leads to a survivor or a suspect, who is told by code.
    """

    name: str  # in addresses and in the interface
    model: Any
    day: str
    words: Any  # a function of the facts, or the same for every row
    facts: dict[str, Any] = field(default_factory=dict)
    kind: str = ""
    icon: str = ""
    link: str = ""  # the section of the case page
    person: str = ""
    hour: str = ""  # by the clock of the place
    moment: str = ""  # when it is known to the minute
    where: Any = None  # a condition, or a function of the reader that makes one

    def rows(self, case: Case, user: User) -> QuerySet[Model]:
        """The rows of this case that the reader may see, each as day, key and facts."""
        where = self.where(user) if callable(self.where) else self.where
        rows = case.rows(self.model, user).filter(where or Q())
        return rows.filter(**{f"{self.day}__isnull": False}).annotate(
            stream_source=Value(self.name),
            stream_day=self._day(case),
            stream_at=F("created_at"),
            stream_id=F("pk"),
            stream_facts=JSONObject(**self._facts(case, user)),
        )

    def say(self, facts: Facts) -> str:
        return str(self.words(facts) if callable(self.words) else self.words)

    def _day(self, case: Case) -> TruncDate | F:
        if "__" not in self.day and isinstance(self._column(self.day), DateTimeField):
            return TruncDate(self.day, tzinfo=zone_of(case))
        return F(self.day)

    def _facts(self, case: Case, user: User) -> dict[str, Any]:
        facts = {
            name: column(case, user) if callable(column) else F(column)
            for name, column in self.facts.items()
        }
        if self.person:
            people = case.rows(self._column(self.person).related_model, user)
            code = people.filter(pk=OuterRef(self.person)).values("code")[:1]
            facts |= {"person": F(self.person), "person_code": Subquery(code)}
        facts |= {"hour": F(self.hour)} if self.hour else {}
        return (
            facts | ({"moment": F(self.moment)} if self.moment else {}) | {"of": Value(self.name)}
        )

    def _column(self, name: str) -> Any:
        model, field = self.model, None
        for step in name.split("__"):
            field = model._meta.get_field(step)
            model = field.related_model
        return field


@dataclass(frozen=True)
class Row:
    """One row of the stream."""

    day: date
    created_at: Any
    pk: Any
    source: str
    facts: Facts

    @property
    def key(self) -> Key:
        return str(self.day), self.created_at.isoformat(), str(self.pk), self.source


def read(
    sources: Iterable[Source], case: Case, user: User, *, beyond: Q | None, up: bool, most: int
) -> list[Row]:
    """The first rows of all sources together, each limited before they are put together."""
    rows = _together(sources, case, user, beyond=beyond, up=up, most=most)
    return [] if rows is None else [Row(*row) for row in rows]


def _together(
    sources: Iterable[Source], case: Case, user: User, *, beyond: Q | None, up: bool, most: int
) -> Any:
    """None where no source has anything for this reader."""
    order = ORDER if up else tuple(f"-{column}" for column in ORDER)
    parts = []
    for source in sources:
        rows = source.rows(case, user)
        rows = rows if beyond is None else rows.filter(beyond)
        if not rows.query.is_empty():  # of several that are, Django's union makes none of its own
            parts.append(rows.order_by(*order).values_list(*SHOWN)[:most])
    if not parts:
        return None
    first, *rest = parts
    return first.union(*rest, all=True).order_by(*order)[:most] if rest else first


def _newest(sources: tuple[Source, ...], case: Case, user: User, most: int) -> list[Row]:
    """The same as `read` of the newest rows, in words that are kept: every case opens with it."""
    if not sources:
        return []

    def build(reader: Any, _today: date, stands: Any) -> tuple[str, tuple[Any, ...]]:
        stands.jurisdiction = case.jurisdiction  # by whose clock the days are
        rows = _together(sources, stands, reader, beyond=None, up=False, most=most)
        if rows is None:
            raise EmptyResultSet
        text, given = rows.query.sql_with_params()
        return text, tuple(given)

    shape = tuple(source.name for source in sources), case.jurisdiction.time_zone, most
    rows = _kept.fetched(shape, build, user, case.jurisdiction.today, case)
    return [Row(day, at, pk, name, json.loads(facts)) for day, at, pk, name, facts in rows]


_kept = KeptStatement()


def first(
    sources: Iterable[Source], case: Case, user: User, *, size: int, most: int
) -> tuple[Page, Page]:
    """What is listed ahead, and the first page of the past: one statement for both.

    Where more is listed than is shown, each is asked by itself.
    """
    rows = _newest(tuple(sources), case, user, most + size + 1)
    later = [row for row in rows if row.day > case.jurisdiction.today]
    if len(later) > most:
        happened = past(sources, case, user, cursor="", size=size, start=None)
        return ahead(sources, case, user, most=most), happened
    rows = rows[len(later) :]
    events = rows[:size]
    following = _signed(events[-1].key, backwards=False) if len(rows) > size else None
    return Page(later, None, None), Page(events, following, None)


def past(
    sources: Iterable[Source], case: Case, user: User, *, cursor: str, size: int, start: Key | None
) -> Page:
    """One page, the first of what has happened; later ones go on wherever they are.

    `start`: the page begins with the row of this key, which may be listed for a day to come.
    """
    backwards, key = (False, None) if start else _opened(cursor)
    beyond = Q(stream_day__lte=case.jurisdiction.today)
    if start:
        beyond = ~_past(start, up=True)
    elif key:
        beyond = Q(_past(key, up=backwards))
    rows = read(sources, case, user, beyond=beyond, up=backwards, most=size + 1)
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    if not rows:
        return Page([], None, None)
    earlier = more if backwards else bool(key or start)
    return Page(
        rows,
        _signed(rows[-1].key, backwards=False) if more or backwards else None,
        _signed(rows[0].key, backwards=True) if earlier else None,
    )


def ahead(sources: Iterable[Source], case: Case, user: User, *, most: int) -> Page:
    """What is listed for days to come, the nearest last, as they stand above the past.

    Where there is more, `previous` leads to it.
    """
    later = Q(stream_day__gt=case.jurisdiction.today)
    rows = read(sources, case, user, beyond=later, up=True, most=most + 1)
    more, rows = len(rows) > most, rows[:most][::-1]
    return Page(rows, None, _signed(rows[0].key, backwards=True) if more else None)


def zone_of(case: Case) -> ZoneInfo:
    return ZoneInfo(case.jurisdiction.time_zone)


def _past(key: Key, *, up: bool) -> Q:
    lookup = TupleGreaterThan if up else TupleLessThan
    return Q(lookup(Tuple(*ORDER), key))


def _signed(key: Key, *, backwards: bool) -> str:
    return SIGNER.sign_object([backwards, *key])


def _opened(cursor: str) -> tuple[bool, Key | None]:
    if not cursor:
        return False, None
    try:
        backwards, *key = SIGNER.unsign_object(cursor)
    except BadSignature:
        raise BadPage("cursor", _("This is not a cursor of this list.")) from None
    return backwards, tuple(key)
