"""What a sender gets back for a rescue report: every id and every code, no name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from accounts.permissions import Perm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accounts.models import User
    from intake.services import LoggedRescue


def for_program(logged: LoggedRescue, client_ids: Sequence[str | None]) -> dict[str, object]:
    """The answer of the API. `client_id` repeats the sender's own mark of a person."""
    case = logged.rescue.case
    codes = {person.pk: person.code for person in logged.people}
    return {
        "id": str(logged.rescue.pk),
        "case": {"id": str(case.pk), "reference": case.reference},
        "people": [
            {
                "id": str(person.pk),
                "code": person.code,
                "victim": {"id": str(person.victim_id), "code": person.victim.code},
                "client_id": client_id,
            }
            for person, client_id in zip(logged.people, client_ids, strict=True)
        ],
        "arrests": [
            {
                "id": str(arrest.pk),
                "suspect": {"id": str(arrest.suspect_id), "code": arrest.suspect.code},
                "perpetrator": {"id": str(arrest.suspect.perpetrator_id)},
            }
            for arrest in logged.arrests
        ],
        "referrals": [
            {"id": str(r.pk), "need": r.need, "person": codes[r.involvement_id]}
            for r in logged.referrals
        ],
        "replies": [
            {"id": str(reply.pk), "question_set": str(reply.question_set_id)}
            for reply in logged.replies
        ],
        "warnings": [same.warning for same in logged.namesakes],
    }


def for_page(logged: LoggedRescue, reader: User) -> dict[str, object]:
    """The receipt on the phone; whoever may send the referrals is led to them."""
    case = logged.rescue.case
    sends = bool(logged.referrals) and reader.has_perm(Perm.REFERRAL_SEND)
    return {
        "id": str(case.pk),
        "reference": case.reference,
        "url": reverse("desk:case", args=[case.pk]),
        "people": [
            {"id": str(p.pk), "code": p.code, "label": p.victim.in_words} for p in logged.people
        ],
        "arrests": len(logged.arrests),
        "send": reverse("aftercare:send-together", args=[case.pk]) if sends else "",
    }
