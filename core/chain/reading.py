"""The chain as it is asked for from outside: the rows of a verification, a few thousand at a time.

Written apart from `core/wall/chain.sql`, digests with nothing but what PostgreSQL brings: whoever
changes a function of the database must not change what verifies it.
"""

from __future__ import annotations

from contextlib import closing
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

STAMP = """to_char({} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')"""
WORDS = f"""jsonb_build_array({STAMP.format("e.at")}, e.kind, e.action, e.actor_id, e.target_type,
  e.target_id, e.case_id, e.subjects, e.request_id, e.detail)::text"""
# Of an event that no link holds: whether it names a time before a link, and was written by a
# transaction that began after that.
LATE = """e.at < (
  select l.made_at - interval '15 minutes' from core_chainlink l
   where l.place = chain_place() and l.begun_before <= chain_written_in(
           e.xmin, pg_snapshot_xmax(pg_current_snapshot())::text::bigint)
   order by l.begun_before desc, l.number desc limit 1)"""
EVENTS = f"""
select coalesce(e.id, c.event_id), c.link, c.digest, e.at,
       case when e.id is not null then {WORDS} end,
       case when c.event_id is null then {LATE} end
  from core_auditevent e full join core_chainedevent c on c.event_id = e.id order by 1
"""  # noqa: S608 - words of our own
LINKS = f"""
select l.number, l.events, l.total, l.late, l.made_at, l.former, l.hash, jsonb_build_array(
         l.number, l.events, l.total, l.late, l.given_out, l.begun_before, l.place,
         {STAMP.format("l.made_at")}, encode(l.former, 'hex'))::text
  from core_chainlink l order by l.number
"""  # noqa: S608 - words of our own
# Of every link, also of one that has none left.
MEMBERS = """
select l.number, c.event_id, c.digest
  from core_chainlink l left join core_chainedevent c on c.link = l.number
 order by l.number, c.event_id
"""
OF_NO_LINK = """
select c.link, count(*) from core_chainedevent c
 where not exists (select from core_chainlink l where l.number = c.link) group by 1 order by 1
"""
ACTS = f"""
select e.id, e.at, e.actor_id, e.detail, c.digest, {WORDS}
  from core_auditevent e left join core_chainedevent c on c.event_id = e.id
 where e.action = %s order by e.id
"""  # noqa: S608 - words of our own


class Link(NamedTuple):
    number: int
    events: int
    total: int
    late: list[int]
    made_at: datetime
    former: bytes
    hash: bytes
    head: str


class Event(NamedTuple):
    """Of an event, of its digest, or of both. `words` is nothing where the event is not there."""

    number: int
    link: int | None
    digest: bytes | None
    at: datetime | None
    words: str | None
    late: bool | None

    @property
    def is_there(self) -> bool:
        return self.words is not None

    @property
    def says(self) -> bytes:
        return sha256((self.words or "").encode()).digest()


class Member(NamedTuple):
    link: int
    event: int
    digest: bytes | None


def links() -> Iterator[Link]:
    for number, events, total, late, made_at, former, digest, head in _rows(LINKS):
        yield Link(number, events, total, late, made_at, bytes(former), bytes(digest), head)


def events() -> Iterator[Event]:
    for number, link, digest, at, words, late in _rows(EVENTS):
        yield Event(number, link, None if digest is None else bytes(digest), at, words, late)


def members() -> Iterator[Member]:
    for link, event, digest in _rows(MEMBERS):
        yield Member(link, event, None if digest is None else bytes(digest))


def of_no_link() -> Iterator[tuple[int, int]]:
    """Numbers that digests name and no link has, and how many digests."""
    yield from _rows(OF_NO_LINK)


def _rows(question: str) -> Iterator[Any]:
    with closing(connection.chunked_cursor()) as cursor:
        cursor.execute(question)
        yield from cursor
