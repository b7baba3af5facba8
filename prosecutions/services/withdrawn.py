"""A survivor who testified withdraws consent: prosecutors who read the matter have to hear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import User
from accounts.notices import tell
from casework.enums import Part
from casework.models import Disclosure
from prosecutions.enums import TakingPart
from prosecutions.models import Participation
from victims.enums import Purpose

if TYPE_CHECKING:
    from victims.models import Consent

OF_COURT = (Purpose.COURT, Purpose.PROSECUTOR)


def tell_prosecutors(consent: Consent, *, actor: User) -> None:
    """Those to whom the proceedings of the case are open, on whatever basis, get a notice.

    Only if a statement or testimony of this person is on record: what they read rests on it.
    """
    del actor  # told by the system
    if consent.purpose not in OF_COURT or not consent.withdrawn_on:
        return
    kinds = (TakingPart.STATEMENT, *TakingPart.TESTIMONY)
    steps = Participation.objects.filter(involvement=consent.involvement_id, kind__in=kinds)
    if not steps.exists():
        return
    disclosures = Disclosure.objects.in_force().filter(case=consent.case_id)
    whom = disclosures.filter(parts__contains=[Part.COURT]).values("user")
    tell(User.objects.filter(pk__in=whom), "consent-withdrawn", target=consent)
