"""What the other side sees of a referral: worked out, told apart from what it was, and in words."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from aftercare.enums import Need, Urgency
from victims.enums import person_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aftercare.models import Referral


def shown_to_provider(referral: Referral) -> dict[str, str]:
    """Exactly what the other side sees: no name, no case, no place."""
    victim = referral.involvement.victim
    return {
        "code": victim.code,
        "sex": victim.sex,
        "age_band": victim.age_band,
        "need": referral.need,
        "urgency": referral.urgency,
    }


def digest_of(facts: Mapping[str, str]) -> str:
    """Of what somebody looked at, to know whether it is the same when it is sent."""
    return sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def in_words(facts: Mapping[str, str]) -> list[tuple[str, str]]:
    """What the other side sees, as it reads it: label and value."""
    return [
        (_("Code"), facts["code"]),
        (_("Person"), person_words(facts["sex"], facts["age_band"])),
        (_("Needed"), str(Need(facts["need"]).label)),
        (_("How soon"), str(Urgency(facts["urgency"]).label)),
    ]
