"""What can happen in care."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.permissions import Perm
from aftercare.enums import Need, Urgency
from aftercare.models import Referral
from casework.services.cases import require_content
from core import audit
from core.services import service
from victims.enums import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accounts.models import User
    from casework.models import Rescue
    from victims.models import Involvement


@service(Perm.RESCUE_LOG)
def draft_referrals(
    rescue: Rescue, *, people: Sequence[Involvement], needs: Sequence[str], actor: User
) -> list[Referral]:
    """Prepare a referral for each need of each person brought to safety.

    Drafts stay in the house: sending one is a verb of its own and asks for consent.
    """
    require_content(rescue.case, actor)
    safe = [person for person in people if person.outcome == Outcome.RESCUED]
    referrals = Referral.objects.bulk_create(
        Referral(case=rescue.case, involvement=person, need=Need(need), urgency=Urgency.NOW)
        for need in needs
        for person in safe
    )
    audit.record("referrals.drafted", rescue, actor=actor, drafts=len(referrals))
    return referrals
