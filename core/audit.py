"""The only door to the audit trail: intentions, reads of content, refusals, sign-ins.

"Who saw this record?" must be answered for lists too, without a row for each line: so one event
names all its subjects, as an array of ids. An answer of 400 or more is rolled back and may still
have shown a form, so its reads are written again on the second connection. Inserting never reads
back, for `RETURNING` would need the right to read the trail.
"""

from __future__ import annotations

import json
from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.utils import timezone
from psycopg2.extras import execute_values

from core.access import PersonRows, persons_of
from core.arrays import Array, Id
from core.context import request_id
from core.database.long_work import now_or_with_it
from core.models import AuditKind
from core.naming import Named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from django.db.models import Model

    from core.access import Actor

INSERT = """
insert into core_auditevent
  (at, kind, action, actor_id, target_type, target_id, case_id, subjects, request_id, detail)
values %s
"""
VALUES = """
  (%(at)s, %(kind)s, %(action)s, %(actor_id)s, %(target_type)s, %(target_id)s, %(case_id)s,
   %(subjects)s::uuid[], %(request_id)s, %(detail)s)
"""
AT_ONCE = 500
LONG_AGO = timedelta(minutes=5)  # the chain takes a quarter of an hour for it
_written: ContextVar[int] = ContextVar("audit_events_written", default=0)
_reads: ContextVar[list[Event] | None] = ContextVar("audit_reads", default=None)
_deeds: ContextVar[list[str] | None] = ContextVar("audit_deeds", default=None)


@dataclass
class Event:
    """A line of the trail before it is written; nothing is read back of it (`AuditEvent`)."""

    kind: str
    action: str
    actor_id: Any
    target_type: str
    target_id: str
    case_id: Any
    subjects: list[Any]
    request_id: Any
    detail: Any
    at: datetime = field(default_factory=timezone.now)


class Unaudited(AssertionError):
    """A service changed data without saying so."""


def _event(
    kind: str,
    action: str,
    actor: Actor | None,
    target: Model | None,
    detail: object,
    seen: Iterable[object] = (),
) -> Event:
    """`seen`: what the target is about."""
    return Event(
        kind=kind,
        action=action,
        actor_id=getattr(actor, "pk", None),
        target_type=target._meta.label if target is not None else "",
        target_id=str(target.pk) if target is not None else "",
        case_id=_case_of(target),
        subjects=_ids([target.pk, *seen]) if target is not None else [],
        request_id=request_id.get(),
        detail=detail,
    )


def _case_of(target: Model | None) -> UUID | None:
    """None of a row that only those see whom it names: who sees the case would learn of it."""
    if target is None or isinstance(getattr(target, "access", None), Named):
        return None
    return target.pk if target._meta.label == "casework.Case" else getattr(target, "case_id", None)


def about(rows: Iterable[object], actor: Actor | None) -> list[UUID]:
    """The cases and persons these rows are about; the cases of a person as far as known to actor.

    A person is whoever is reached by `PersonRows`, and whom a row points to.
    """
    return [pk for ids in _about_each(list(rows), actor) for pk in ids]


def _about_each(rows: list[Any], actor: Actor | None) -> list[list[Any]]:
    """The same, row by row."""
    subjects = [
        [_case_of(row), *(getattr(row, name) for name in persons_of(row._meta.model))]
        for row in rows
    ]
    access = getattr(rows[0], "access", None) if rows and actor is not None else None
    if isinstance(access, PersonRows):
        own = [row.serializable_value(access.own) for row in rows]
        cases = _cases_of_persons(access, own, actor)
        for of, person in zip(subjects, own, strict=True):
            of.extend(cases[str(person)])
    return subjects


def _cases_of_persons(
    access: PersonRows, own: list[object], actor: Actor | None
) -> dict[str, list[object]]:
    links = apps.get_model(access.through)._default_manager
    mine: Any = links.filter(**{f"{access.key}__any_of": set(own)})
    cases: dict[str, list[Any]] = defaultdict(list)
    for person, case in mine.visible_to(actor).values_list(access.key, "case"):
        cases[str(person)].append(case)
    return cases


def _ids(keys: Iterable[object]) -> list[Any]:
    """Each once; keys of other kinds name nothing that could be asked for."""
    return list(dict.fromkeys(key for key in keys if isinstance(key, UUID | Id)))


def _write(event: Event, using: str = "default") -> None:
    _insert(_values(event), using)


def _insert(values: dict[str, Any], using: str = "default") -> None:
    """Insert, and read nothing back: most who write here may not read what they wrote."""
    with connections[using].cursor() as cursor:
        cursor.execute(INSERT % VALUES, values)


def _insert_now(values: dict[str, Any]) -> None:
    """What was read long ago is of now, and says when: else the chain says it was added later."""
    if timezone.now() - values["at"] > LONG_AGO:
        detail = json.loads(values["detail"]) | {"read_at": values["at"].isoformat()}
        values = values | {"at": timezone.now(), "detail": json.dumps(detail)}
    _insert(values)


def _values(event: Event) -> dict[str, Any]:
    values = {"subjects": Array(event.subjects).text, "detail": json.dumps(event.detail)}
    return vars(event) | values


def record(action: str, target: Model, *, actor: Any, **detail: object) -> None:
    """Someone did something. In the transaction of the deed."""
    _done(action)
    _write(_event(AuditKind.INTENTION, action, actor, target, detail, about([target], actor)))


def record_each(
    action: str,
    targets: Iterable[Model],
    *,
    actor: Actor | None,
    details: Iterable[Mapping[str, object]] | None = None,
) -> None:
    """The same was done to each, some hundreds in a statement; `details`: of each, in order."""
    targets = list(targets)
    _done(action, len(targets))
    facts = [{} for _target in targets] if details is None else details
    events = [
        _event(AuditKind.INTENTION, action, actor, target, detail, seen)
        for target, detail, seen in zip(targets, facts, _about_each(targets, actor), strict=True)
    ]
    with connections["default"].cursor() as cursor:
        execute_values(cursor, INSERT, map(_values, events), VALUES, AT_ONCE)


def read(
    action: str, target: Model, *, actor: Actor, shown: Iterable[object] = (), **detail: object
) -> None:
    """Someone was shown content. In the transaction that read it, before bytes leave.

    `shown` are ids of other rows, persons and cases that were seen with it.
    """
    _read(_event(AuditKind.READ, action, actor, target, detail, [*about([target], actor), *shown]))


def read_rows(
    action: str,
    label: str,
    ids: Iterable[object],
    *,
    actor: Actor,
    shown: Iterable[object] = (),
    **detail: object,
) -> None:
    """Someone was shown a list: one row with the ids, not one row each.

    `shown` are the cases and persons of these rows.
    """
    ids = list(ids)
    event = _event(AuditKind.READ, action, actor, None, detail | {"ids": [str(pk) for pk in ids]})
    event.target_type = label
    event.subjects = _ids([*ids, *shown])
    _read(event)


def record_sent(action: str, target: Model, *, actor: Actor) -> None:
    """Someone outside is sent something about a row: kept on a connection of its own, whatever
    becomes of the transaction that sent it."""
    event = _event(AuditKind.READ, action, actor, target, {}, about([target], actor))
    _write(event, settings.ASIDE_DATABASE)


def _read(event: Event) -> None:
    _written.set(_written.get() + 1)
    now_or_with_it(partial(_insert_now, _values(event)))  # as text: a large export has many
    reads = _reads.get()
    if reads is not None:
        reads.append(event)


def _done(action: str, times: int = 1) -> None:
    _written.set(_written.get() + times)
    deeds = _deeds.get()
    if deeds is not None and times:
        deeds.append(action)


@contextmanager
def deeds() -> Iterator[list[str]]:
    """What is done within the block, for whoever says it to its person."""
    actions: list[str] = []
    token = _deeds.set(actions)
    try:
        yield actions
    finally:
        _deeds.reset(token)


@contextmanager
def reads() -> Iterator[list[Event]]:
    """The reads recorded within the block, for whoever undoes them and answers all the same."""
    events: list[Event] = []
    token = _reads.set(events)
    try:
        yield events
    finally:
        _reads.reset(token)


def keep(undone: Iterable[Event]) -> None:
    """Record again, on a connection of their own, reads that were rolled back with a refusal."""
    for event in undone:
        _write(event, settings.ASIDE_DATABASE)


def denied(action: str, *, actor: Actor, target_id: str = "", **detail: object) -> None:
    """A refusal, kept on a connection of its own: the request's transaction is rolled back."""
    event = _event(AuditKind.DENIAL, action, actor, None, detail)
    event.target_id = target_id[:40]
    try:
        event.subjects = [UUID(event.target_id)] if event.target_id else []
    except ValueError:
        event.subjects = []  # asked for what cannot be an id
    _write(event, settings.ASIDE_DATABASE)


def sign_in(action: str, *, actor: Any, subjects: Iterable[UUID] = (), **detail: object) -> None:
    """A sign-in, a sign-out or a failed try, on the same separate connection.

    `subjects`: the accounts that were meant, where nobody has proved yet to be one.
    """
    event = _event(AuditKind.SIGN_IN, action, actor, None, detail)
    event.subjects = _ids(subjects)
    _write(event, settings.ASIDE_DATABASE)


@contextmanager
def required(name: str) -> Iterator[None]:
    """Refuse to finish a verb that recorded nothing."""
    before = _written.get()
    yield
    if _written.get() == before:
        raise Unaudited(f"{name} finished without recording an audit event")
