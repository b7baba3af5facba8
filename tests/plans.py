"""What PostgreSQL reads to answer a question, as its plan says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Sequence


def looked_at(statement: str, given: Sequence[object], table: str) -> int:
    """How many rows of a table a question looks at."""
    with connection.cursor() as cursor:
        cursor.execute(f"explain (analyze, format json) {statement}", given)
        (plan,) = cursor.fetchone()
    return _looked_at((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"], table)


def _looked_at(node, table):
    seen = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    here = seen * node["Actual Loops"] if node.get("Relation Name") == table else 0
    return here + sum(_looked_at(part, table) for part in node.get("Plans", ()))
