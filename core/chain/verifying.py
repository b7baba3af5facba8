"""Whether the history is what was linked, and the chain what left this machine."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby
from json import loads
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from core.chain import reading
from core.chain.removals import ACTION, Act, Acts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.chain.anchors import Anchor
    from core.chain.reading import Event, Link, Member

MOST_SAID = 100  # of each kind; how many there are in all is said as well
MOST_COMPARED = 10_000  # altered events at a time, of which some may have changed places
FIRST = sha256(b"").digest()


@dataclass
class Verification:
    """What was found, in sentences by kind; empty where all is as it was."""

    links: int = 0
    events: int = 0
    waiting: int = 0
    acts: list[Act] = field(default_factory=list)
    said: dict[str, list[str]] = field(default_factory=dict)
    number: Counter[str] = field(default_factory=Counter)

    def say(self, kind: str, sentence: str) -> None:
        self.number[kind] += 1
        if self.number[kind] <= MOST_SAID:
            self.said.setdefault(kind, []).append(sentence)

    @property
    def whole(self) -> bool:
        return not self.number


def verify(anchors: Iterable[Anchor] = ()) -> Verification:
    """At one moment, in memory that does not grow with the history."""
    report = Verification()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read, read only")
        newest = _chain(report)
        _events(report, _acts(report))
        for anchor in anchors:
            _anchor(report, anchor, newest)
    return report


def _chain(report: Verification) -> Link | None:
    """Each link follows the one before and holds what it was made of."""
    before: Link | None = None
    members = groupby(reading.members(), key=lambda member: member.link)
    for link, (_number, mine) in zip(reading.links(), members, strict=True):
        _follows(report, link, before)
        _holds(report, link, mine)
        report.links += 1
        before = link
    for number, digests in reading.of_no_link():
        report.say("missing", f"Link {number} is missing: {digests} digests name it.")
    return before


def _follows(report: Verification, link: Link, before: Link | None) -> None:
    expected = before.number + 1 if before else 1
    if link.number != expected:
        report.say("missing", f"Links {expected} to {link.number - 1} are missing.")
    elif link.former != (before.hash if before else FIRST):
        if named := _numbers_with(link.former, beside=link.number):
            report.say("out of order", f"Link {link.number} was made after link {named[0]}.")
        else:
            report.say("altered", f"Link {link.number} does not follow link {link.number - 1}.")
    if link.total != (before.total if before else 0) + link.events and link.number == expected:
        report.say("altered", f"Link {link.number} miscounts the events before it.")
    for event in link.late:
        report.say(
            "added",
            f"Event {event} was added later: it names a time before links that were made without"
            f" it, and was written after them, shortly before {_when(link.made_at)}.",
        )


def _numbers_with(hash_: bytes, *, beside: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select number from core_chainlink where hash = %s and number <> %s", [hash_, beside]
        )
        return [number for (number,) in cursor.fetchall()]


def _holds(report: Verification, link: Link, mine: Iterable[Member]) -> None:
    hashed, n = sha256(link.head.encode()), 0
    for member in mine:
        if member.digest is not None:
            hashed.update(member.event.to_bytes(8, "big", signed=True) + member.digest)
            n += 1
    if n != link.events:
        kind = "added" if n > link.events else "missing"
        report.say(kind, f"Link {link.number} was made of {link.events} digests and has {n}.")
    elif hashed.digest() != link.hash:
        report.say("altered", f"Link {link.number} or a digest in it was altered.")


def _acts(report: Verification) -> Acts:
    """Acts of two persons, each itself linked and as it was."""
    with connection.cursor() as cursor:
        cursor.execute(reading.ACTS, [ACTION])
        rows = cursor.fetchall()
    acts = Acts()
    for event, at, actor, detail, digest, words in rows:
        if digest is None or sha256(words.encode()).digest() != bytes(digest):
            continue  # not linked yet, or altered, which is said
        try:
            acts.acts.append(Act.read(event, at, actor, _object(detail)))
        except ValueError as error:
            report.say("altered", f"Event {event} takes away events of the history and {error}.")
    report.acts = acts.acts
    return acts


def _object(detail: Any) -> Any:
    return loads(detail) if isinstance(detail, str) else detail


def _events(report: Verification, acts: Acts) -> None:
    """Each event is there as it was linked, or waits for its link, or went by an act."""
    altered: dict[int, tuple[bytes, bytes]] = {}
    for event in reading.events():
        report.events += event.is_there
        if not event.is_there:
            _gone(report, event, acts)
        elif event.digest is None:
            _unlinked(report, event)
        elif (says := event.says) != event.digest:
            altered[event.number] = (event.digest, says)
            if len(altered) == MOST_COMPARED:
                _altered(report, altered)
                altered.clear()
    _altered(report, altered)
    for act in acts.acts:
        if act.gone > act.events:
            report.say(
                "missing",
                f"By the act in event {act.event} {act.events} events were to go; {act.gone} did.",
            )


def _gone(report: Verification, event: Event, acts: Acts) -> None:
    if not acts.took(event.number):
        report.say("missing", f"Event {event.number} of link {event.link} is missing.")


def _unlinked(report: Verification, event: Event) -> None:
    if event.late:
        report.say(
            "added",
            f"Event {event.number} was added later: it names {_when(event.at)}, and links that were"
            " made since are without it.",
        )
    else:
        report.waiting += 1


def _altered(report: Verification, altered: dict[int, tuple[bytes, bytes]]) -> None:
    belongs = {was: number for number, (was, _is) in altered.items()}
    for number, (_was, is_) in altered.items():
        if (other := belongs.get(is_)) is not None:
            report.say("out of order", f"Event {number} says what event {other} said.")
        else:
            report.say("altered", f"Event {number} does not say what it said when it was linked.")


def _anchor(report: Verification, anchor: Anchor, newest: Link | None) -> None:
    if newest is None or newest.number < anchor.number:
        ends = newest.number if newest else 0
        report.say(
            "cut at the tail",
            f"The anchor {anchor.name} is of link {anchor.number}, and the chain ends at link"
            f" {ends}: {anchor.number - ends} links and their events were cut off.",
        )
        return
    with connection.cursor() as cursor:
        cursor.execute("select hash, total from core_chainlink where number = %s", [anchor.number])
        row = cursor.fetchone()
    if row is None or (bytes(row[0]), row[1]) != (anchor.hash, anchor.total):
        report.say(
            "rewritten whole",
            f"Link {anchor.number} is not the one of the anchor {anchor.name}: the chain was"
            " computed anew, at that link or before it.",
        )


def _when(moment: Any) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
