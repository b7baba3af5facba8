"""What of a case may leave the house: of court and suspects, what nobody concerned said no to.

A fact concerns the survivors whom its charges name; where a charge names none, or there is none,
everyone in the case. The public is told only what a court has decided against somebody.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from prosecutions.models import Charge, ChargeVictim
from victims.enums import Purpose, RecipientKind
from victims.models import Share

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from casework.models import Case
    from victims.models import Involvement
    from victims.services.basis import Recipient

# For whom a sheet is given out, and what each survivor on it has agreed to.
LEAVES_FOR = {
    RecipientKind.AUTHORITIES: Purpose.COURT,
    RecipientKind.PARTNERS: Purpose.CARE,
    RecipientKind.PUBLIC: Purpose.PUBLICATION,
}


class Concerned:
    """Whom each suspect and each proceeding of a case concerns: two queries."""

    def __init__(self, case: Case, reader: Any, everyone: set[UUID]) -> None:
        named: defaultdict[Any, set[UUID]] = defaultdict(set)
        rows = ChargeVictim.objects.visible_to(reader).filter(case=case)
        for charge, person in rows.values_list("charge", "involvement"):
            named[charge].add(person)
        self.everyone = everyone
        self.by: defaultdict[Any, set[UUID]] = defaultdict(set)
        charges = Charge.objects.visible_to(reader).filter(case=case)
        for charge, *about in charges.values_list("pk", "suspect", "prosecution"):
            for one in about:
                self.by[one] |= named.get(charge) or everyone

    def all_agreed(self, about: UUID, agreed: set[UUID]) -> bool:
        """Whether all whom this suspect or proceeding concerns have agreed."""
        return (self.by.get(about) or self.everyone) <= agreed


def told_already(people: Iterable[Involvement], purpose: str, recipient: Recipient) -> set[UUID]:
    """Of whom this recipient was told on the strength of the consent that stands."""
    shares = Share.objects.filter(
        involvement__in=people,
        recipient_kind=recipient.kind,
        recipient_id=recipient.id,
        consent__purpose=purpose,
        consent__replaced_at=None,
        consent__withdrawn_on=None,
    )
    return set(shares.values_list("involvement", flat=True))
