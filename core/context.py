"""Who is acting, told to the database for one transaction."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, transaction

from core.editions import EDITIONS
from core.keys import vouching
from core.wall.policies import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from core.access import Actor

_at_work: ContextVar[bool] = ContextVar("a worker acts", default=False)
NO_CONTEXT = object()  # not the same as acting as nobody, which is a context without rows
_acting: ContextVar[Any] = ContextVar("acting_user_id", default=NO_CONTEXT)
request_id: ContextVar[Any] = ContextVar("request_id", default=None)
# When the person of this request last proved who they are with a second factor.
confirmed_at: ContextVar[Any] = ContextVar("confirmed_at", default=None)
# Which session this request belongs to; none for keys, jobs and commands.
session_mark: ContextVar[UUID | None] = ContextVar("session_mark", default=None)


def _open(user_id: Any) -> None:
    with connection.cursor() as cursor:
        if settings.SET_DATABASE_ROLE:  # tests connect as the owner and must not act as it
            role = (
                settings.GRANTED_ROLES["worker"] if _at_work.get() else settings.SET_DATABASE_ROLE
            )
            cursor.execute("select set_config('role', %s, true)", [role])
        cursor.execute(
            "select set_config('app.session', %s, true), open_context(%s),"
            " set_config('app.vouched_person', %s, true)"
            + "".join(f", {rows.asked}" for rows in EDITIONS),
            [str(session_mark.get() or ""), user_id, vouching.person(user_id)],
        )
        _session, _opened, _person, *named = cursor.fetchone()
    for rows, edition in zip(EDITIONS, named, strict=True):
        rows.adopt(edition)


def _close() -> None:
    with connection.cursor() as cursor:
        names = [*SETTINGS, "pghistory.context_metadata"]
        cursor.execute("select set_config(name, '', true) from unnest(%s) name", [names])
        if settings.SET_DATABASE_ROLE:
            cursor.execute("select set_config('role', 'none', true)")


@contextmanager
def acting_as(user_id: object, *, one_moment: bool = False) -> Iterator[None]:
    """Open a transaction in which the database shows only what this person may see.

    `None` is nobody: no case data is visible. The settings are transaction-local; inside an
    outer transaction they are put back by hand, because a savepoint would keep them.

    `one_moment`: all statements within see the data as they were at the first one (repeatable
    read). A row that somebody else changed since cannot be changed there: `OperationalError`.
    Inside an outer transaction, which has begun to read, it makes no difference.
    """
    nested, before = connection.in_atomic_block, _acting.get()
    kept = [rows.now.get() for rows in EDITIONS]
    token = _acting.set(user_id)
    try:
        with transaction.atomic():
            if one_moment and not nested:
                connection.cursor().execute("set transaction isolation level repeatable read")
            _open(user_id)
            yield
            if nested and not connection.needs_rollback:
                _close() if before is NO_CONTEXT else _open(before)
    finally:
        _acting.reset(token)
        for rows, says in zip(EDITIONS, kept, strict=True):
            rows.now.set(says)


@contextmanager
def at_work() -> Iterator[None]:
    """Within the block a worker acts: as its own role also where the process is the owner's."""
    token = _at_work.set(True)
    try:
        yield
    finally:
        _at_work.reset(token)


def refresh(user: Actor) -> None:
    """Resolve anew what this person may see, after a row that gives access was written."""
    kept = getattr(user, "_wrapped", user).__dict__  # of a request it is a person in a wrapper
    for name in ("scope", "standing", "counting"):
        kept.pop(name, None)
    if _acting.get() == user.pk:
        _open(user.pk)


@contextmanager
def counting_as(reader_id: UUID) -> Iterator[None]:
    """Within the block the database shows what this reader's figures are made of, and no names.

    `None` is the built-in reporter, who counts every office: the database lets the worker do so
    and nobody else. The report role can write nothing.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select current_setting('role')")
        (role,) = cursor.fetchone()
        if reader_id is None:
            cursor.execute("select open_count_of_all()")
        else:
            cursor.execute("select open_count_context(%s)", [reader_id])
        cursor.execute(
            "select set_config('role', %s, true), set_config('statement_timeout', %s, true),"
            # Whole tables are counted; the planner, who cannot know the arrays, expects few rows.
            " set_config('enable_nestloop', 'off', true), set_config('jit', 'off', true),"
            # Which persons are counted is a set of millions: one that does not fit into the memory
            # of a node is gone through again for every row.
            " set_config('work_mem', '64MB', true),"
            # An answer is read to its end, also through a cursor.
            " set_config('cursor_tuple_fraction', '1', true)",
            [settings.GRANTED_ROLES["report"], settings.REPORT_TIMEOUT],
        )
        yield
        if not connection.needs_rollback:
            cursor.execute(
                "select set_config('role', %s, true), set_config('app.counted', '', true),"
                " set_config('app.counted_cases', '', true),"
                " set_config('enable_nestloop', 'on', true)",
                [role],
            )
