"""What stands in a database after `migrate`: the wall, then the rows that every installation has.

One step, as often as one likes: what is there already is left as it is. Apps say in their
`ready()` which rows they begin with (jurisdictions, provisions, instruments, schemes).
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from django.db import connections, transaction

from core import wall
from core.keys import vouching

if TYPE_CHECKING:
    from collections.abc import Callable

NOT_WHOLE = "Not all migrations are applied: nobody is served until `migrate` has run whole.\n"
rows: list[Callable[[], object]] = []


def complete(using: str = "default", plan: object = None, **_: object) -> None:
    """Run as the owner, at the end of `migrate`; what empties tables (`flush`) has no plan."""
    if plan is None:
        return
    with transaction.atomic(using):
        if not wall.install(using):
            sys.stderr.write(NOT_WHOLE)
            return
        with connections[using].cursor() as cursor:
            vouching.keep_key(cursor)
        load_rows()


def load_rows() -> None:
    for load in rows:
        load()
