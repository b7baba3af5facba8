"""Questions about what survivors agreed to, and who has to hear that they do no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from desk.rules.fixed import LAW
from desk.rules.rule import Rule, Urgency, after, day_of
from desk.rules.terms import CONSENT_AHEAD
from victims.enums import Purpose
from victims.models import Consent, Withdrawal

if TYPE_CHECKING:
    from datetime import date

    from victims.querysets import ConsentQuerySet, WithdrawalQuerySet


def running_out(today: date) -> ConsentQuerySet:
    """The newest versions with a last day; one that is over carries nothing and asks nothing."""
    rows = Consent.objects.standing().filter(withdrawn_on__isnull=True)
    return rows.filter(expires_on__gte=today)


def untold(_today: date) -> WithdrawalQuerySet:
    return Withdrawal.objects.open()


RULES = (
    Rule(
        "consent-ending",
        _("Ask again for consent"),
        _("Renew the consent"),
        "victims:renew-consent",
        Perm.CONSENT_KEEP,
        running_out,
        due=after("expires_on"),
        ahead=CONSENT_AHEAD,
        about=F("purpose"),
        label=Purpose,
        live="ends by the clock",
    ),
    Rule(
        "withdrawal-untold",
        _("Tell a recipient that consent is withdrawn"),
        _("Record that they were told"),
        "victims:record-told",
        Perm.CONSENT_KEEP,
        untold,
        due=day_of("created_at"),
        urgency=Urgency.AT_ONCE,
        about=F("code"),
        may_wait=False,
        after_closing=True,  # whoever was told goes on knowing
        fixed=LAW,
    ),
)
