"""What the words of the timeline are made of; what is read elsewhere, as far as the reader may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.permissions import Perm

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models.expressions import Combinable

    from accounts.models import User
    from casework.models import Case
    from core.access import ScopedQuerySet


def facts(*columns: str, **paths: object) -> dict[str, object]:
    return {column: column for column in columns} | paths


def count(rows: ScopedQuerySet, column: str, view: str) -> Any:
    """How many rows hang on it; None where the reader is not to know."""

    def told(case: Case, user: User) -> Value | Coalesce:
        if not (user.has_perm(view) and user.scope.reads(case, view)):
            return Value(None)
        mine = rows.visible_in(case, user).filter(**{column: OuterRef("pk")}).order_by()
        return Coalesce(Subquery(mine.values(column).annotate(n=Count("pk")).values("n")), 0)

    return told


def colleague(path: str) -> Callable[[Case, User], object]:
    """The name of one of us; empty for those who are not to know who works on the case."""

    def told(case: Case, user: User) -> Combinable:
        known = user.has_perm(Perm.TEAM_VIEW) and user.scope.reads(case, Perm.TEAM_VIEW)
        return F(path) if known else Value("")

    return told


def place(path: str = "jurisdiction") -> dict[str, object]:
    """Its name and its code, by which a country is called as the reader calls it."""
    return {"place": f"{path}__name", "place_code": f"{path}__code"}


AT = facts(agency="agency__name") | place()
