"""Who may see phones and what they delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db.models import Q

from core.access import IDENTITY, Access

if TYPE_CHECKING:
    from core.access import Actor, ScopedQuerySet


class OwnAndOffices(Access):
    """Rows that belong to one person; whoever reads all of that office sees them as well."""

    def __init__(self, view: str, *, owner: str, office: str) -> None:
        self.view, self.owner, self.office = view, owner, office

    def scope(self, rows: object, user: Actor) -> ScopedQuerySet:
        looked_after = {f"{self.office}__any_of": user.scope.offices[IDENTITY]}
        records = cast("ScopedQuerySet", rows)
        return records.filter(Q(**{self.owner: user.pk}) | Q(**looked_after))
