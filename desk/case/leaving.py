"""What of a case may leave the house: of court and suspects, what nobody concerned said no to.

A fact concerns the survivors whom its charges name; where a charge names none, or there is none,
everyone in the case. A summary for the public has only what a court has decided against somebody.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from prosecutions.models import Charge, ChargeVictim

if TYPE_CHECKING:
    from uuid import UUID

    from accounts.models import User
    from casework.models import Case


class Concerned:
    """Whom each suspect and each proceeding of a case concerns: two queries."""

    def __init__(self, case: Case, reader: User, everyone: set[UUID]) -> None:
        named: defaultdict[Any, set[UUID]] = defaultdict(set)
        rows = ChargeVictim.objects.visible_to(reader).filter(case=case)
        for charge, person in rows.values_list("charge", "involvement"):
            named[charge].add(person)
        self.everyone = everyone
        self.by: defaultdict[Any, set[UUID]] = defaultdict(set)
        charges = Charge.objects.visible_to(reader).filter(case=case)
        for charge, *about in charges.values_list("pk", "suspect", "prosecution"):
            for key in about:
                self.by[key] |= named.get(charge) or everyone

    def all_agreed(self, about: UUID, agreed: set[UUID]) -> bool:
        """Whether all whom this suspect or proceeding concerns have agreed."""
        return (self.by.get(about) or self.everyone) <= agreed
