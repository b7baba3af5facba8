"""The data as they are at one moment, where a request reads them in several statements.

Jobs and commands read within `acting_as(…, one_moment=True)`. A request is in a transaction that
must see what others commit, because it waits for their locks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db import connection

from core.database import replica
from core.refusals import gettext as _
from core.services import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

TRIES = 5

T = TypeVar("T")


def data_state() -> str:
    """The same mark twice means that nothing was written in between (reports/changes.py)."""
    if (known := replica.state.get()) is not None:
        return known
    with connection.cursor() as cursor:
        cursor.execute("select data_state()")
        (state,) = cursor.fetchone()
    return str(state)


def of_one_moment(read: Callable[[], T]) -> T:
    """What `read` returns when nobody writes meanwhile; it is called again until that is so.

    `read` must write nothing. Raises `Refused` where others write all the time.
    """
    for _try in range(TRIES):
        before = data_state()
        answer = read()
        if data_state() == before:
            return answer
    raise Refused(_("Other people are changing records right now. Try again in a minute."))
