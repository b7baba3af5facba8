"""Who may see phones and what they delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db.models import Exists, OuterRef, Q

from accounts.models import Membership
from core.access import IDENTITY, Access, Array

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


class OwnAndSupervised(OwnAndOffices):
    """The same; and whoever reads all of an office in which that person works now, wherever the row
    came into being."""

    def scope(self, rows: object, user: Actor) -> ScopedQuerySet:
        looked_after = Array(user.scope.offices[IDENTITY])
        works_there = Membership.objects.in_force().filter(
            user=OuterRef(self.owner), office__any_of=looked_after
        )
        of_office = Q(**{f"{self.office}__any_of": looked_after})
        records = cast("ScopedQuerySet", rows)
        return records.filter(Q(**{self.owner: user.pk}) | of_office | Exists(works_there))
