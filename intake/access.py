"""Who may see phones and what they delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db.models import Exists, OuterRef, Q

from accounts.models import Membership
from core.access import IDENTITY, Access
from core.arrays import Array

if TYPE_CHECKING:
    from core.access import Actor, ScopedQuerySet


def looked_after(reader: Actor, box: str = "") -> Q:
    """Boxes of an office all of which this person reads: the one they say, or that of the phone."""
    ours = Array(reader.scope.offices[IDENTITY])
    of_phone = {f"{box}office": None, f"{box}phone__office__any_of": ours}
    return Q(**{f"{box}office__any_of": ours}) | Q(**of_phone)


class OwnAndLookedAfter(Access):
    """Boxes of one person, and what is in them; whoever looks after them sees them as well."""

    def __init__(self, view: str, *, box: str = "") -> None:
        self.view, self.box = view, box

    def scope(self, rows: object, user: Actor) -> ScopedQuerySet:
        records = cast("ScopedQuerySet", rows)
        own = Q(**{f"{self.box}phone__person": user.pk})
        return records.filter(own | looked_after(user, self.box))


class OwnAndSupervised(Access):
    """Rows that belong to one person; whoever reads all of that office, or of one in which that
    person works now, sees them as well."""

    def __init__(self, view: str, *, owner: str, office: str) -> None:
        self.view, self.owner, self.office = view, owner, office

    def scope(self, rows: object, user: Actor) -> ScopedQuerySet:
        ours = Array(user.scope.offices[IDENTITY])
        works_there = Membership.objects.in_force().filter(
            user=OuterRef(self.owner), office__any_of=ours
        )
        of_office = Q(**{f"{self.office}__any_of": ours})
        records = cast("ScopedQuerySet", rows)
        return records.filter(Q(**{self.owner: user.pk}) | of_office | Exists(works_there))
