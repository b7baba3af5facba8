"""Disclosures that rest on the consent of the persons concerned, and end when it does.

A disclosure names parts of a whole case, so each survivor of the case must have agreed. One that
rests on an order, a summons, a statute or a request needs nobody's consent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from casework.enums import DisclosureStatus, LegalBasis, Part
from casework.models import Disclosure
from casework.workflow import disclosure_workflow
from core.refusals import gettext as _
from core.services import Refused
from victims.enums import Purpose, RecipientKind
from victims.models import Consent, Involvement, Share
from victims.services.basis import Recipient, live_consents

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Case

# What names survivors, or says what they told: also before a court.
ABOUT_PEOPLE = frozenset(Part) - {Part.RESCUE, Part.SITE, Part.SUSPECT}


def require_coverage(disclosure: Disclosure, *, actor: User) -> None:
    """Refuse a disclosure of people that rests on consent, where somebody did not give it.

    Called by casework when one is proposed and again when it is confirmed, which is the share.
    """
    if not _rests_on_consent(disclosure):
        return
    given, missing = _given(disclosure)
    if missing:
        raise Refused(
            _(
                "Not everyone has agreed to this prosecutor until that day: %(codes)s. Record"
                " their consent first, or choose another legal basis."
            )
            % {"codes": ", ".join(missing)}
        )
    if disclosure.status == DisclosureStatus.CONFIRMED:
        for consent in given:
            Share.objects.create(
                case=disclosure.case,
                consent=consent,
                involvement=consent.involvement,
                recipient_kind=RecipientKind.PROSECUTOR,
                recipient_id=disclosure.user_id,
            )


def end_uncovered(*cases: Case, actor: User) -> None:
    """End every disclosure of these cases that rests on consents which do not carry it any more."""
    for disclosure in Disclosure.objects.filter(
        case__any_of=[case.pk for case in cases],
        basis=LegalBasis.CONSENT,
        status__in=[DisclosureStatus.PROPOSED, DisclosureStatus.CONFIRMED],
    ).select_related("case__jurisdiction"):
        if _rests_on_consent(disclosure) and _given(disclosure)[1]:
            disclosure_workflow.apply(
                disclosure, "lapse", actor=actor, ended_by=actor, ended_at=timezone.now()
            )


def _rests_on_consent(disclosure: Disclosure) -> bool:
    return disclosure.basis == LegalBasis.CONSENT and bool(ABOUT_PEOPLE & set(disclosure.parts))


def _given(disclosure: Disclosure) -> tuple[list[Consent], list[str]]:
    """The consents a disclosure rests on, and the codes of those who did not give theirs."""
    last = disclosure.case.jurisdiction.clock(disclosure.expires_at).date()
    people = Involvement.objects.filter(case=disclosure.case)
    people = people.select_related("case__jurisdiction").order_by("created_at", "code")
    recipient = Recipient(RecipientKind.PROSECUTOR, disclosure.user_id)
    consents: list[Consent] = []
    missing: list[str] = []
    for person, consent in live_consents(people, Purpose.PROSECUTOR, recipient, until=last):
        if consent:
            consents.append(consent)
        else:
            missing.append(person.code)
    return consents, missing
