"""Referrals of one case sent together: for all of them, or for none.

Each is sent by the service of the single one, which asks, refuses and records for itself. What is
asked once is said here: of whom there is a consent, given just now, and by whom.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from accounts.permissions import Perm
from aftercare.fitting import misfits
from aftercare.services.referrals import send_referral
from casework.enums import MOST_AT_ONCE
from casework.services.cases import require_open_case
from core.refusals import Words, together
from core.refusals import gettext as _
from core.services import Refused, service
from victims.enums import ConsentGiver, Purpose, RecipientKind
from victims.services.consents import Recipient, live_consents

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date
    from uuid import UUID

    from accounts.models import User
    from aftercare.models import Provider, Referral
    from casework.models import Case
    from victims.models import Involvement


@dataclass(frozen=True)
class Sending:
    """A draft and where it goes; `digest`: of what the sender looked at, if anything."""

    referral: Referral
    provider: Provider
    digest: str = ""


@service(Perm.REFERRAL_SEND, begins=True)
def send_together(
    case: Case,
    *,
    sends: Sequence[Sending],
    agreed: Collection[Involvement] = (),
    agreed_by_guardian: Collection[Involvement] = (),
    asked_again: Collection[Involvement] = (),
    relation: str = "",
    given_on: date | None = None,
    language: str = "",
    expires_on: date | None = None,
    actor: User,
) -> list[Referral]:
    """Send several drafts of a case, on the strength of consents that are live, or given now.

    `agreed` themselves, or `agreed_by_guardian`; `asked_again`: those who had said no. Each consent
    is for the provider that is told, and written down only where none is live.
    """
    require_open_case(case, actor)
    _require_one_case(case, sends)
    _require_fit(sends, actor)
    givers: dict[UUID, str] = {involvement.pk: ConsentGiver.SELF for involvement in agreed}
    givers |= {involvement.pk: ConsentGiver.GUARDIAN for involvement in agreed_by_guardian}
    missing = _without_consent(sends)
    _require_said(sends, missing, givers)
    again = {involvement.pk for involvement in asked_again}
    how: dict[str, Any] = {"given_on": given_on, "language": language, "expires_on": expires_on}
    sent = []
    for sending in sends:
        person = sending.referral.involvement_id
        terms: dict[str, Any] = {}
        if (person, sending.provider.pk) in missing:
            # its second need rests on the same consent
            missing.remove((person, sending.provider.pk))
            of = relation if givers[person] == ConsentGiver.GUARDIAN else ""
            terms = how | {"given_by": givers[person], "relation": of}
            terms["asked_again"] = person in again
        sent.append(_send(sending, terms, actor))
    return sent


def _send(sending: Sending, terms: dict[str, Any], actor: User) -> Referral:
    try:
        return send_referral(
            sending.referral, provider=sending.provider, digest=sending.digest, actor=actor, **terms
        )
    except Refused as no:
        words = gettext("%(code)s, %(need)s: %(why)s Nothing was sent.")
        draft = sending.referral
        values = {"code": draft.involvement.code, "need": draft.get_need_display(), "why": no}
        at = "agreed" if no.field == "given_by" else no.field
        raise Refused(Words(words % values, no.words.code), at) from None


def _require_one_case(case: Case, sends: Sequence[Sending]) -> None:
    if not 0 < len(sends) <= MOST_AT_ONCE:
        words = _("Choose a provider for at least one and at most %(n)s referrals.")
        raise Refused(words % {"n": MOST_AT_ONCE}, "sends")
    if any(sending.referral.case_id != case.pk for sending in sends):
        raise Refused(
            _("These referrals belong to several cases. Send those of one case."), "sends"
        )
    if len({sending.referral.pk for sending in sends}) < len(sends):
        raise Refused(
            _("One of these referrals is listed twice. Choose one provider for each."), "sends"
        )


def _require_fit(sends: Sequence[Sending], actor: User) -> None:
    if reasons := misfits([(sending.referral, sending.provider) for sending in sends], actor):
        hint = gettext("Nothing was sent. Choose another provider, or send it alone.")
        raise Refused(together([*reasons, hint]), "sends")


def _without_consent(sends: Sequence[Sending]) -> set[tuple[UUID, UUID]]:
    """Whom a provider may not be told of yet: one statement for each provider."""
    people: dict[UUID, dict[UUID, Involvement]] = {}
    for sending in sends:
        person = sending.referral.involvement
        people.setdefault(sending.provider.pk, {})[person.pk] = person
    return {
        (person.pk, house)
        for house, those in people.items()
        for person, consent in live_consents(
            those.values(), Purpose.CARE, Recipient(RecipientKind.PROVIDER, house)
        )
        if consent is None
    }


def _require_said(
    sends: Sequence[Sending], missing: set[tuple[UUID, UUID]], givers: dict[UUID, str]
) -> None:
    unsaid = {person for person, _house in missing if person not in givers}
    codes = {
        sending.referral.involvement.code
        for sending in sends
        if sending.referral.involvement_id in unsaid
    }
    if codes:
        words = _("No consent of %(codes)s is on record. Say who agreed, or leave them out.")
        raise Refused(words % {"codes": ", ".join(sorted(codes))}, "agreed")
