"""A consent that is withdrawn: what is taken back here, and what a provider acknowledges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import F

from accounts.notices import tell
from accounts.permissions import Perm
from aftercare.enums import LISTED, ReferralStatus
from aftercare.models import Provider, Referral
from aftercare.services.reach import who_answers
from aftercare.workflow import referral_workflow
from core import audit
from core.refusals import gettext as _
from core.services import Refused, amend, service
from victims.enums import Purpose, RecipientKind
from victims.models import Consent, Withdrawal
from victims.services.consents import Recipient, live_consent

if TYPE_CHECKING:
    from accounts.models import User


def take_back(consent: Consent, *, actor: User) -> None:
    """Referrals that no consent carries any more and nobody has answered do not stand."""
    if consent.purpose != Purpose.CARE:
        return
    sent = Referral.objects.filter(
        involvement=consent.involvement_id, status=ReferralStatus.SENT
    ).select_related("involvement__case__jurisdiction")
    for referral in sent:
        provider = Recipient(RecipientKind.PROVIDER, referral.provider_id)
        if live_consent(referral.involvement, Purpose.CARE, provider) is None:
            referral_workflow.apply(referral, "lapse", actor=actor)


def tell_houses(withdrawals: list[Withdrawal]) -> None:
    """Whoever answers for a provider gets a notice of what it has to hear."""
    for row in withdrawals:
        if row.recipient_kind == RecipientKind.PROVIDER:
            tell(who_answers(row.recipient_id), "withdrawal-to-hear", target=row)


@service(Perm.REFERRAL_ANSWER)
def read_withdrawals(*, actor: User) -> list[Withdrawal]:
    """What the actor's provider has to hear, the open ones first. Looking leaves a mark."""
    open_first = F("told_on").desc(nulls_first=True)
    withdrawals = Withdrawal.objects.received_by(actor).order_by(open_first, "created_at", "pk")
    rows = list(withdrawals[:LISTED])
    ids, cases = [row.pk for row in rows], [row.case_id for row in rows]
    audit.read_rows("withdrawals.received", Withdrawal._meta.label, ids, actor=actor, shown=cases)
    return rows


@service(Perm.REFERRAL_ANSWER)
def acknowledge_withdrawal(withdrawal: Withdrawal, *, actor: User) -> Withdrawal:
    """Confirm that the consent is withdrawn and that you no longer use what you were told."""
    if not Withdrawal.objects.received_by(actor).filter(pk=withdrawal.pk).exists():
        raise PermissionDenied("withdrawal told to another provider")
    if withdrawal.told_on:
        raise Refused(_("This has already been confirmed."))
    provider_id: Any = withdrawal.recipient_id  # of a provider it is named
    house = Provider.objects.select_related("jurisdiction").get(pk=provider_id)
    today = house.jurisdiction.today  # the case, and its day, are not the provider's to see
    known = amend(withdrawal, withdrawal.version, told_on=today, told_by=actor)
    audit.record("withdrawal.acknowledged", known, actor=actor)
    return known
