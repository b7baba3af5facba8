"""Somebody else, who writes and commits between the statements of a test."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any

from django.db import connection, connections

from tests import factories

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TIMES = 12  # that they commit, one statement after the other


def elsewhere(does: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
    """On a connection of its own, and committed when this returns."""

    def commit() -> None:
        does(*args, **kwargs)
        connections.close_all()

    other = Thread(target=commit)
    other.start()
    other.join()


def log_rescue(case: Any = None, people: int = 1) -> None:
    """Of survivors who are helped, too."""
    case = case or factories.case(factories.office("kolkata"))
    rescue = factories.rescue(case)
    for _person in range(people):
        person = factories.involvement(case, rescue=rescue, outcome="rescued")
        factories.service_record(case, involvement=person)


@contextmanager
def others_log_rescues(since: str, **rescue: Any) -> Iterator[list[Any]]:
    """After this statement of the block, and after each of the next; gives who did."""
    logged: list[Any] = []
    begun: list[Any] = []

    def after(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        done = execute(sql, params, many, context)
        begun.extend([True] * (since in sql))
        if begun and len(logged) < TIMES:
            logged.append(None)
            elsewhere(log_rescue, **rescue)
        return done

    with connection.execute_wrapper(after):
        yield logged
