"""The one statement by which all members of a list of tasks are read together."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Count, F

from casework.models import Case, DerivedTask
from desk.to_do.first_rows import FirstRows
from desk.to_do.kinds import IN_ORDER, REFERENCE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.shortcuts.statements import Words

COLUMNS = (
    "rule",
    "id",
    "case_id",
    "reference",
    "due_on",
    "urgent",
    "harm",
    "place",
    "about",
    "target",
    "until",
    "snoozed",
)
# Of many a reference is looked up for those that are shown.
THIN = tuple(column for column in COLUMNS if column != "reference")


def counted(members: list[Any]) -> Words:
    kinds = ("rule", "urgent")
    parts = [m.order_by().values(*kinds).annotate(n=Count("pk")) for m in members]
    try:
        return parts[0].union(*parts[1:], all=True).values_list(*kinds, "n").query.sql_with_params()
    except EmptyResultSet:  # no row can meet what it was narrowed to
        return "", ()


def all_of(
    members: list[Any],
    columns: Iterable[str] = THIN,
    order: Iterable[str] = (),
    most: int | None = None,
) -> Words:
    """Every member whole, or as far as it is needed; without the reference of its case."""
    parts: list[Words] = []
    for member in members:
        with suppress(EmptyResultSet):  # no row can meet what it was narrowed to
            if isinstance(member, FirstRows):
                parts.append(member.words(columns))
            else:
                rows = member.order_by(*order).values(*columns)[:most]
                parts.append(rows.query.sql_with_params())
    statement = " union all ".join(f"({text})" for text, _given in parts)
    return statement, tuple(value for _text, given in parts for value in given)


def in_order(members: list[Any], order: list[tuple[str, bool]], most: int) -> Words:
    """The first rows of all, each with the reference of its case."""
    is_named = "reference" in dict(order)
    each = [f"-{column}" if down else column for column, down in order]
    text, given = all_of(members, COLUMNS if is_named else THIN, each, most)
    by = ", ".join(f"{column} desc" if down else column for column, down in order)
    columns = "*" if is_named else f"*, {REFERENCE}"
    statement = IN_ORDER.format(columns=columns, order=by, most=most)
    return statement % text if text else "", given


def column_of(by: Any) -> tuple[str, bool]:
    """The column of an order, and whether it goes down."""
    if isinstance(by, str):
        return by.removeprefix("-"), by.startswith("-")
    return by.expression.name, by.descending


def named(member: Any) -> Any:
    """With the reference of its case."""
    has_it = isinstance(member, FirstRows) or member.model in (Case, DerivedTask)
    return member if has_it else member.annotate(reference=F("case__reference"))
