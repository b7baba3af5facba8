"""What changed since a moment, for readers who keep a copy.

Three streams, one after the other: rows that changed; rows that came into the reader's reach
without a change; rows that were given to this reader and are in reach no more.

By the time of change alone, a case that is sealed, moved or merged stays in the copy for ever, and
one that comes into reach never arrives. A list of what was removed would tell people of cases they
never were to know of: so only who was given a row (`KeptCopy`) is told that it is gone, without
reason or time, which is no more than asking for it would tell. `until` lies ten minutes back,
longer than any transaction: some rows come twice, none never.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.signing import BadSignature
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access import Reference
from core.lists.pagination import BadPage, Sort
from core.models import KeptCopy, KeptList

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model, QuerySet

    from core.access import Scoped, ScopedQuerySet

FIRST = datetime(1970, 1, 1, tzinfo=UTC)
SCHEMA = {"type": "string", "format": "date-time"}


def moment(text: str) -> datetime:
    """The moment from which on a reader asks. It has a place on the clock of the world."""
    try:
        since = datetime.fromisoformat(text)
        good = since.tzinfo is not None and FIRST <= since <= timezone.now()
    except (ValueError, OverflowError):
        good = False
    if not good:
        words = _("Give a date and time in the past, such as 2026-11-24T05:30:00Z.")
        raise BadPage("updated_since", words)
    return since


@dataclass(frozen=True)
class Stream:
    """Rows in the order of a key, and where in it a reader is."""

    rows: Any
    sort: Sort

    def begin(self) -> str:
        return self.sort.signer(self.rows.model).sign_object([False])

    def place(self, cursor: str) -> list[str] | None:
        """What the cursor says, or nothing where it belongs to another stream."""
        try:
            _backwards, *values = self.sort.signer(self.rows.model).unsign_object(cursor)
        except BadSignature:
            return None
        return values

    def after(self, values: list[str], size: int) -> tuple[list[Model], str | None]:
        """So many rows beyond this place, and the cursor if there are more."""
        rows = self.rows
        if values:
            rows = rows.filter(self.sort.beyond(values, backwards=False, model=rows.model))
        page = list(rows.order_by(*self.sort.order(backwards=False))[: size + 1])
        more = self.sort.cursor(page[size - 1], backwards=False) if len(page) > size else None
        return page[:size], more


@dataclass(frozen=True)
class Copies:
    """What one reader keeps of one list."""

    of: KeptList
    since: datetime

    @classmethod
    def kept(cls, reader: Any, noun: str, since: datetime) -> Copies:
        """Begin to remember, or go on; from the earliest moment that was asked for."""
        of, _made = KeptList.objects.get_or_create(
            reader=reader, noun=noun, defaults={"since": since}
        )
        if since < of.since:
            of.since = since
            of.save(update_fields=["since"])
        return cls(of, since)

    @property
    def known(self) -> QuerySet[KeptCopy]:
        return KeptCopy.objects.filter(of=self.of)

    def arrived(self, rows: ScopedQuerySet) -> ScopedQuerySet:
        """Rows in reach that the reader would have by now, and has not, or only since then."""
        had = self.known.filter(
            Q(entered_at=None) | Q(entered_at__lt=self.since), row=OuterRef("pk"), gone_at=None
        )
        return rows.filter(~Exists(had))

    def gone(self, rows: ScopedQuerySet) -> QuerySet[KeptCopy]:
        """Rows the reader was given and does not reach any more."""
        told_before = Q(gone_at=None) | Q(gone_at__gte=self.since)
        return self.known.filter(told_before, ~Exists(rows.filter(pk=OuterRef("row"))))

    def note(self, rows: Iterable[Any], *, arrived: bool) -> None:
        """These were given: once, or again after they were gone."""
        now = timezone.now()
        KeptCopy.objects.bulk_create(
            [KeptCopy(of=self.of, row=row.pk, entered_at=now if arrived else None) for row in rows],
            ignore_conflicts=True,
        )
        again = self.known.filter(row__in=[row.pk for row in rows])
        stale = Q(entered_at=None) | Q(entered_at__lt=self.since) if arrived else Q(pk=None)
        again.filter(stale | Q(gone_at__isnull=False)).update(entered_at=now, gone_at=None)

    def note_gone(self, copies: Iterable[KeptCopy]) -> None:
        fresh = [copy.pk for copy in copies if copy.gone_at is None]
        if fresh:
            KeptCopy.objects.filter(pk__in=fresh).update(gone_at=Now())


@dataclass(frozen=True)
class SyncQuery:
    """Who asks, by which list, from which moment on."""

    reader: Any
    noun: str
    since: datetime


@dataclass(frozen=True)
class Changes:
    """One page of what changed."""

    rows: list[Any]
    gone: list[KeptCopy]
    next: str | None


def changes(
    narrowed: Any, reach: Any, *, asked: SyncQuery, changed: str, cursor: str, size: int
) -> Changes:
    """A page of the streams. `narrowed` is what the filters leave of `reach`; no filter hides that
    a row is gone. `changed` is the column that says when a row did; without one, all rows did."""
    by_key = Sort((changed, "id")) if changed else Sort(("id",))
    since = {f"{changed}__gte": asked.since} if changed else {}
    streams = [Stream(narrowed.filter(**since), by_key)]
    copies = Copies.kept(asked.reader, asked.noun, asked.since) if leaves(reach.model) else None
    if copies:
        before = {f"{changed}__gte": copies.of.since, f"{changed}__lt": asked.since}
        late = copies.arrived(narrowed.filter(**before))
        streams.append(Stream(late, Sort(("id",), descending=True)))
        streams.append(Stream(copies.gone(reach), Sort(("row", "id"))))
    at, values = _where(streams, cursor)
    parts: list[list[Any]] = [[], [], []]
    link: str | None = None
    for number, stream in enumerate(streams[at:], at):
        room = size - sum(map(len, parts))
        if not room:
            link = stream.begin()
            break
        parts[number], link = stream.after(values, room)
        if link:
            break
        values = []
    if copies:
        copies.note(parts[0], arrived=False)
        copies.note(parts[1], arrived=True)
        copies.note_gone(parts[2])
    return Changes(parts[0] + parts[1], parts[2], link)


def leaves(model: type[Scoped]) -> bool:
    """Whether rows of this table can come into a reader's reach and leave it."""
    has_uuid = isinstance(model._meta.pk, models.UUIDField)
    return has_uuid and not isinstance(model.access, Reference)


def until(since: datetime) -> str:
    """From when on to ask next. What was being written meanwhile is given twice, never lost."""
    moment = max(since, timezone.now() - settings.SYNC_OVERLAP)
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _where(streams: list[Stream], cursor: str) -> tuple[int, list[str]]:
    if not cursor:
        return 0, []
    for number, stream in enumerate(streams):
        values = stream.place(cursor)
        if values is not None:
            return number, values
    raise BadPage("cursor", _("This is not a cursor of this list."))
