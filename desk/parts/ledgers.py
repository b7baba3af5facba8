"""What is owed and paid to survivors: how the ledger of each stands, in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from aftercare.codes import ClaimStatus
from aftercare.models import CompensationClaim, Entitlement, ReleaseCertificate, Repatriation
from aftercare.schemes import with_paid
from casework.enums import Programme
from desk.words import CERTIFICATE_TONES, CLAIM_TONES, JOURNEY_TONES

if TYPE_CHECKING:
    from desk.court.reader import Reader

Tags = list[dict[str, str]]


class Ledgers:
    """Four queries, whatever the case holds."""

    def __init__(self, reader: Reader) -> None:
        rows = reader.rows
        self.bonded = reader.case.programme == Programme.BONDED_LABOUR
        self.tags: dict[Any, Tags] = {}
        for certificate in rows(ReleaseCertificate):
            label = _("Certificate: %(status)s") % {"status": certificate.get_status_display()}
            self._tag(certificate, CERTIFICATE_TONES[certificate.status], label)
        for owed in with_paid(rows(Entitlement, "rate__scheme")).order_by("pk"):
            self._tag(owed, "ok" if owed.balance <= 0 else "warn", _paid(owed))
        for claim in rows(CompensationClaim).order_by("asked_on", "pk"):
            if claim.status != ClaimStatus.WITHDRAWN:
                label = f"{claim.get_kind_display()}: {claim.get_status_display()}"
                self._tag(claim, CLAIM_TONES[claim.status], label)
        for journey in rows(Repatriation).order_by("planned_for", "pk"):
            label = f"{journey.get_purpose_display()}: {journey.get_status_display()}"
            self._tag(journey, JOURNEY_TONES[journey.status], label)

    def _tag(self, row: Any, tone: str, label: str) -> None:
        self.tags.setdefault(row.involvement_id, []).append({"tone": tone, "label": label})

    def of(self, person: object) -> Tags:
        return self.tags.get(person, [])

    def schemes_url(self) -> str:
        return reverse("aftercare:schemes") if self.bonded else ""


def _paid(row: Any) -> str:
    words = {
        "unit": row.rate.scheme.currency,
        "paid": f"{row.paid:,.0f}",
        "total": f"{row.total:,.0f}",
    }
    return _("%(unit)s %(paid)s of %(total)s paid") % words
