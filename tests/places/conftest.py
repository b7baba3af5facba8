"""A small country of its own for each test, so that the loaded world stays out of the way."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from places.enums import JurisdictionLevel
from places.models import Jurisdiction

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.backends.base.base import BaseDatabaseWrapper

Links = Counter[tuple[str, str, int]]

TREE = """
    WITH RECURSIVE link(ancestor, descendant, depth) AS (
        SELECT id, id, 0 FROM places_jurisdiction
        UNION ALL
        SELECT j.parent_id, link.descendant, link.depth + 1
        FROM link JOIN places_jurisdiction j ON j.id = link.ancestor WHERE j.parent_id IS NOT NULL
    ) SELECT ancestor, descendant, depth FROM link
"""
CLOSURE = "SELECT ancestor_id, descendant_id, depth FROM places_jurisdictionclosure"


def links(sql: str, using: BaseDatabaseWrapper = connection) -> Links:
    """Every link a statement finds, with how often."""
    with using.cursor() as cursor:
        cursor.execute(sql)
        return Counter(cursor.fetchall())


@pytest.fixture
def closure_is_tree() -> Callable[..., bool]:
    """Whether the stored closure says what a walk up the tree says."""

    def compare(using: BaseDatabaseWrapper = connection) -> bool:
        return links(CLOSURE, using) == links(TREE, using)

    return compare


@pytest.fixture
def place(db: None) -> Callable[..., Jurisdiction]:
    """Make a place of the level one below its parent's, in an invented country."""
    levels = list(JurisdictionLevel)

    def make(
        code: str, parent: Jurisdiction | None = None, level: JurisdictionLevel | None = None
    ) -> Jurisdiction:
        if level is None:
            above = levels.index(JurisdictionLevel(parent.level)) if parent else -1
            level = levels[above + 1]
        zone = "" if parent else "Asia/Kolkata"
        return Jurisdiction.objects.create(
            code=code, name=f"Place {code}", level=level, parent=parent, time_zone=zone
        )

    return make
