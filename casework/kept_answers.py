"""What questions about cases answered last, where the database keeps it (`DerivedTask`).

Which questions, and how they are kept in step with the facts: `desk/to_do/derived.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from core.access import CONTENT
from core.arrays import Array

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Case

MOST = 50  # cases that a reader asks again; of more, as after an import, the worker


def asked_again(reader: User, case: Case | None = None, most: int = MOST) -> bool:
    """Ask the noted cases that this reader reaches, or this one alone, again; at most so many.

    Whether what is kept of them is then what would be asked. If not, it is asked live.
    """
    scope = reader.scope
    offices, cases = ([], [case.pk]) if case else (scope.offices[CONTENT], scope.cases[CONTENT])
    with connection.cursor() as cursor:
        cursor.execute(
            "select ask_again(%s::uuid[], %s::uuid[], %s)",
            [Array(offices).text, Array(cases).text, most],
        )
        (fresh,) = cursor.fetchone()
    return bool(fresh)
