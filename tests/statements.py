"""What a page asks of the database, as it is in production: there a request begins a transaction
and sets no role, where a test has one already and is of the owner."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator

OF_TESTS = re.compile(r"select set_config\('role'|select set_config\(name, ''")
SAVEPOINT = re.compile(r'^(?:RELEASE )?SAVEPOINT "(\w+)"')


@contextmanager
def asked() -> Iterator[list[str]]:
    """Every statement of the block, savepoints too, but for those that only a test sends."""
    said: list[str] = []
    within: list[str] = []  # the savepoint that stands for the transaction of the request

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        point = SAVEPOINT.match(sql)
        if point and not within:
            within.append(point[1])
        of_request = point is not None and point[1] == within[0]
        if not (of_request or OF_TESTS.match(sql)):
            said.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield said
