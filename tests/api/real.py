"""Real transactions on several connections at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Callable


def at_once(count: int, call: Callable[[int], Any]) -> list[Any]:
    """Call with 0, 1, 2 … from as many threads, which all start together."""
    start = Barrier(count)

    def one(number: int) -> Any:
        start.wait()
        try:
            return call(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))
