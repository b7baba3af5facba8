"""Consents given and withdrawn, as the tests of them say it."""

from __future__ import annotations

from victims.enums import RecipientKind
from victims.services.basis import Recipient
from victims.services.consents import grant_consent, withdraw_consent

# The invented person of the tests is twelve.
FOR_A_CHILD = {"given_by": "guardian", "relation": "official"}


def grant(person, actor, recipient=None, **told):
    today = person.case.jurisdiction.today
    recipient = recipient or Recipient(RecipientKind.ANY_PROVIDER)
    values = {"purpose": "care", "given_on": today, "language": "bn", **FOR_A_CHILD}
    values |= {"recipient_kind": recipient.kind, "recipient_id": recipient.id}
    return grant_consent(person, actor=actor, **(values | told))


def withdraw(consent, actor, **told):
    consent.refresh_from_db()
    values = {"withdrawn_on": consent.case.jurisdiction.today, "version": consent.version}
    return withdraw_consent(consent, actor=actor, **(values | told))


def one(shelter):
    return Recipient(RecipientKind.PROVIDER, shelter.pk)
