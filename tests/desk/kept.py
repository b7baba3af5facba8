"""What the database keeps of the rules, in a test, of which nothing is committed yet."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import connection

from desk.to_do import derived

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITES = ("insert", "update", "delete")
ALL = 100_000


def as_if_committed() -> None:
    """What was written so far was written by others, who are through: readers ask it again."""
    with connection.cursor() as cursor:
        cursor.execute("update casework_askagain set noted_by = 0")


def keep_now() -> int:
    """All that is noted is asked; of how many cases."""
    as_if_committed()
    return derived.ask_noted()


def amiss() -> int:
    """In how many cases that nobody noted what is kept is not what would be asked."""
    with connection.cursor() as cursor:
        cursor.execute("select differed from check_asked(null, %s)", [ALL])
        (differed,) = cursor.fetchone()
    return int(differed)


@contextmanager
def noted_at_each_step() -> Iterator[None]:
    """Before each statement that writes all is asked; after it each case of which the rules ask
    otherwise now is noted."""
    inside: list[bool] = []

    def look(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        if inside or not sql.lstrip().lower().startswith(WRITES):
            return execute(sql, params, many, context)
        inside.append(True)
        try:
            keep_now()
            done = execute(sql, params, many, context)
            assert not amiss(), f"{sql[:200]} is noted of no case, or not of all"
            return done
        finally:
            inside.pop()

    with connection.execute_wrapper(look):
        yield
