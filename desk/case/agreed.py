"""What a survivor agreed to, in this case and in others open to the reader; who was told of it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from victims.in_words import state_of
from victims.models import Consent, Share, Withdrawal
from victims.recipients import names

if TYPE_CHECKING:
    from datetime import date

    from desk.parts.of_person import OfPerson


def consents_of(reader: OfPerson) -> dict[str, object]:
    """Of every record of the person. What was agreed to elsewhere is changed there."""
    person, user = reader.person, reader.user
    consents, withdrawals, shares = _rows(reader)
    called = names([*consents, *withdrawals, *shares], user)
    recipients = _told(shares, called)
    today = person.case.jurisdiction.today
    lines = [
        _consent(row, called, today)
        | {"told": sorted(recipients[row.pk].items()), **_here(row, reader, *_to_change(row))}
        for row in consents
    ]
    heard = [
        _withdrawal(row, called) | _here(row, reader, "victims:record-told") for row in withdrawals
    ]
    return {
        "consents": [row for row in lines if not row["replaced"]],
        "former_consents": [row for row in lines if row["replaced"]],
        "untold": [row for row in heard if not row["told_on"]],
        "heard": [row for row in heard if row["told_on"]],
    }


def _rows(reader: OfPerson) -> tuple[list[Consent], list[Withdrawal], list[Share]]:
    """Consents, who has to hear that one is withdrawn, and who was told."""
    parts = [row.pk for row in reader.parts]
    consents, withdrawals, shares = (
        model.objects.none()
        if model in reader.lacked
        else model.objects.visible_to(reader.user).filter(involvement__in=parts)
        for model in (Consent, Withdrawal, Share)
    )
    here = ("case", "involvement")
    order = ("purpose", "-replaced_at", "recipient_kind", "-number", "pk")
    return (
        list(consents.select_related(*here).order_by(*order)),
        list(withdrawals.select_related(*here, "consent").order_by("created_at", "pk")),
        list(shares.select_related("case__jurisdiction").order_by("created_at", "pk")),
    )


def _told(shares: list[Share], called: Any) -> defaultdict[object, dict[str, date]]:
    """By consent, who was told on its strength, and when for the last time."""
    recipients: defaultdict[Any, dict[str, date]] = defaultdict(dict)
    for share in shares:
        on = share.told_on or share.case.jurisdiction.clock(share.created_at).date()
        recipients[share.consent_id][called[share.recipient_kind, share.recipient_id]] = on
    return recipients


def _here(row: Consent | Withdrawal, reader: OfPerson, *pages: str) -> dict[str, object]:
    """What may be done about it, or in which other case it was written down, under which code."""
    if row.involvement_id == reader.person.pk:
        return {"elsewhere": "", "verbs": reader.verbs(row, *pages)}
    return {"elsewhere": f"{row.case.reference} {row.involvement.code}", "verbs": []}


def _to_change(row: Consent) -> list[str]:
    pages = ["victims:record-share", "victims:renew-consent", "victims:withdraw-consent"]
    return [] if row.replaced_at else pages[:2] if row.withdrawn_on else pages


def _consent(row: Consent, called: dict[tuple[str, object], str], today: date) -> dict[str, object]:
    state, tone = state_of(row, today)
    return {
        "purpose": row.get_purpose_display(),
        "recipient": called[row.recipient_kind, row.recipient_id],
        "given_by": row.get_relation_display() or row.get_given_by_display(),
        "given_on": row.given_on,
        "expires_on": row.expires_on,
        "withdrawn_on": row.withdrawn_on,
        "number": row.number,
        "replaced": row.replaced_at,
        "state": state,
        "tone": tone,
    }


def _withdrawal(row: Withdrawal, called: dict[tuple[str, object], str]) -> dict[str, object]:
    return {
        "recipient": called[row.recipient_kind, row.recipient_id],
        "purpose": row.consent.get_purpose_display(),
        "since": row.consent.withdrawn_on,
        "told_on": row.told_on,
    }
