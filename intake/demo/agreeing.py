"""Who agrees for an invented person: a grown one herself, for others child welfare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from victims.enums import AgeBand, ConsentGiver, Relation

if TYPE_CHECKING:
    from victims.models import Involvement


def agreed_by(person: Involvement) -> dict[str, Any]:
    """`given_by` and `relation`, as consents take them."""
    if person.victim.age_band == AgeBand.ADULT:
        return {"given_by": ConsentGiver.SELF, "relation": ""}
    return {"given_by": ConsentGiver.GUARDIAN, "relation": Relation.OFFICIAL}
