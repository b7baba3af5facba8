"""In which orders what is to be done stands."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, IntegerField

from core.lists.pagination import Sort


class OfTasks(Sort):
    """By what no table has."""

    def field_of(self, column: str, model: object) -> Any:
        own = {"place": IntegerField(), "reference": CharField(), "rule": CharField()}
        return own[column] if column in own else super().field_of(column, model)


# No two rules ask of one row on one day, so a row and its day tell a task from all others; two
# days have two places.
PRESSING, BY_DAY = OfTasks(("place", "id")), Sort(("due_on", "id"))
ORDERS = {
    "pressing": PRESSING,
    "day": BY_DAY,
    "case": OfTasks(("reference", "due_on", "id")),
    "kind": OfTasks(("rule", "due_on", "id")),
}
