"""A survivor's ledger: the certificate, what is owed and paid, what was claimed and ordered, and
journeys; what stands in linked cases, too, as far as this reader may see it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from aftercare.codes import CertificateStatus, ClaimStatus, Payer, Tranche
from aftercare.models import (
    BankReference,
    CompensationClaim,
    Entitlement,
    Escort,
    RehabilitationPayment,
    ReleaseCertificate,
    Repatriation,
)
from aftercare.schemes import scheme_on, standing
from aftercare.workflow import journey_workflow
from casework.enums import Programme
from casework.models import CaseLink
from casework.verbs import Verbs
from core.access import CONTENT
from core.alike.merging import one_person
from desk.survivor.ledger_court import court_abroad, ordered
from desk.words import CERTIFICATE_TONES, CLAIM_TONES, JOURNEY_TONES
from victims.models import Victim

if TYPE_CHECKING:
    from uuid import UUID

    from accounts.models import User
    from aftercare.schemes import Standing
    from casework.verbs import Button
    from core.access import ScopedQuerySet
    from victims.models import Involvement

LAST = 4  # characters of a bank's number that are shown


class Ledger:
    """Everything about one survivor of one case: a fixed number of queries."""

    def __init__(self, person: Involvement, user: User) -> None:
        self.person, self.user, self.case = person, user, person.case
        self.verbs = Verbs(self.case, user, writes=user.scope.reaches(self.case, CONTENT))
        self.today = self.case.jurisdiction.today
        self.kept: list[Any] = []  # the private rows that are shown

    def shown(self) -> dict[str, Any]:
        certificate = self._one(ReleaseCertificate, "jurisdiction", "agency")
        entitlement = self._one(Entitlement, "rate__scheme", "certificate", "involvement")
        claims = [self._claim(row) for row in self._claims()]
        kin = self._kin()
        return {
            "case": self.case,
            "code": self.person.code,
            "label": self.person.victim.in_words,
            "bonded": self.case.programme == Programme.BONDED_LABOUR,
            "certificate": self._certificate(certificate) if certificate else None,
            "apply": self.verbs(self.person, not certificate and "aftercare:apply-certificate"),
            "owed": self._owed(entitlement) if entitlement else None,
            "owe": [] if entitlement else self._owe(certificate),
            "owed_elsewhere": self._owed_elsewhere(),
            "claims": claims,
            "claim": self.verbs(self.person, "aftercare:make-claim"),
            "ordered": ordered(self.person, self.user),
            "journeys": self._journeys(kin),
            "plan_journey": self.verbs(self.person, "aftercare:plan-repatriation"),
            "abroad": court_abroad(self.person, self.user, kin),
        }

    def _rows(self, model: Any, *beside: str) -> ScopedQuerySet:
        rows = model.objects.visible_to(self.user).filter(involvement=self.person)
        return rows.select_related(*beside)

    def _one(self, model: object, *beside: str) -> Any:
        return self._rows(model, *beside).first()

    def _kin(self) -> Q:
        """Rows about the same person, here or in a case linked with this one and known to the
        reader."""
        linked = CaseLink.objects.known_to(self.user).in_force()
        linked = linked.filter(Q(case=self.case) | Q(other=self.case))
        cases = {self.case.pk}
        for pair in linked.values_list("case", "other"):
            cases.update(pair)
        victim = self.person.victim
        person = victim.merged_into_id or victim.pk
        who = Q(involvement__victim=person) | Q(involvement__victim__merged_into=person)
        return who & Q(case__in=sorted(cases))

    def _owed_elsewhere(self) -> list[dict[str, object]]:
        """What this person, under whatever record, is owed in other cases open to the reader."""
        records = Victim.objects.filter(one_person(self.person.victim))
        rows = Entitlement.objects.visible_to(self.user).filter(involvement__victim__in=records)
        rows = rows.exclude(involvement=self.person).select_related("involvement__case")
        return [
            {
                "words": f"{part.case.reference} {part.code}",
                "url": reverse("desk:ledger", args=[part.pk]),
            }
            for part in (row.involvement for row in rows.order_by("created_at", "pk"))
        ]

    # The certificate, and what is owed by it.

    def _certificate(self, row: ReleaseCertificate) -> dict[str, object]:
        met = self.person.rescue
        days = None
        if row.status == CertificateStatus.ISSUED and met and row.answered_on:
            days = (row.answered_on - met.occurred_on).days
        return {
            "row": row,
            "status": row.get_status_display(),
            "tone": CERTIFICATE_TONES[row.status],
            "issued": row.status == CertificateStatus.ISSUED,
            "days": days,
            "waits": (self.today - row.applied_on).days
            if row.status == CertificateStatus.PENDING and row.applied_on
            else None,
            "verbs": self.verbs(
                row, ("aftercare:answer-certificate", row.answered_on and _("Correct the answer"))
            ),
        }

    def _owe(self, certificate: Any) -> list[Button]:
        if not certificate or certificate.status != CertificateStatus.ISSUED:
            return []
        known = scheme_on(certificate.jurisdiction, certificate.answered_on)
        return self.verbs(certificate, known and "aftercare:set-entitlement")

    def _owed(self, row: Entitlement) -> dict[str, object]:
        payments = RehabilitationPayment.objects.visible_to(self.user).filter(entitlement=row)
        rows = list(payments.order_by("paid_on", "created_at"))
        how = standing(row, rows, self.today)
        scheme, rate = row.rate.scheme, row.rate
        references = self._private(BankReference, "payment", [payment.pk for payment in rows])
        issued = row.certificate.answered_on
        return {
            "row": row,
            "unit": scheme.currency,
            "scheme": scheme,
            "past_approval": bool(
                scheme.approved_until and issued and issued > scheme.approved_until
            ),
            "category": rate.get_category_display(),
            "reason": row.get_extreme_reason_display(),
            "how": how,
            "share": int(100 * how.paid / how.total),
            "parts": self._parts(row, how),
            "marks": [
                {"label": label, "amount": getattr(rate, name)} | rate.marks[name]
                for name, label in (
                    ("total", _("In all")),
                    ("deposit", _("Deposited, at least")),
                    ("immediate", _("Immediate relief")),
                )
            ],
            "payments": [
                self._payment(payment, scheme.currency, references[payment.pk]) for payment in rows
            ],
            "change": self.verbs(row, "aftercare:change-entitlement"),
            "pay": self.verbs(row, how.balance > 0 and "aftercare:record-payment"),
        }

    def _parts(self, row: Entitlement, how: Standing) -> list[dict[str, object]]:
        """Immediate relief comes out of the cash part, so cash is owed less by it."""
        relief = how.parts[Tranche.IMMEDIATE]
        cash = row.total - row.deposit
        in_cash = how.parts[Tranche.CASH] + relief
        return [
            {"label": _("Immediate relief"), "paid": relief, "of": row.rate.immediate},
            {"label": _("Deposit"), "paid": how.parts[Tranche.DEPOSIT], "of": row.deposit},
            {
                "label": _("Cash, with the relief"),
                "paid": in_cash,
                "of": cash,
            },
        ]

    def _payment(self, row: RehabilitationPayment, unit: str, reference: str) -> dict[str, object]:
        by_state = row.payer == Payer.STATE and not row.not_counted
        return {
            "row": row,
            "unit": unit,
            "payer": row.get_payer_display(),
            "tranche": row.get_tranche_display(),
            "not_counted": row.get_not_counted_display() if row.not_counted else "",
            "reference": reference[-LAST:],
            "verbs": self.verbs(
                row, "aftercare:correct-payment", by_state and "aftercare:reimburse"
            ),
        }

    def _private(self, model: Any, key: str, of: list[UUID]) -> defaultdict[UUID, str]:
        """The newest word of the level of identity on each row, where that level is open."""
        texts: defaultdict[Any, str] = defaultdict(str)
        rows = model.objects.visible_to(self.user).filter(**{f"{key}__in": of})
        for row in rows.order_by("created_at"):
            texts[getattr(row, f"{key}_id")] = row.text
            self.kept.append(row.pk)
        return texts

    # Claims and journeys.

    def _claims(self) -> ScopedQuerySet:
        rows = self._rows(CompensationClaim, "jurisdiction", "agency")
        return rows.prefetch_related("payments").order_by("asked_on", "created_at")

    def _claim(self, row: CompensationClaim) -> dict[str, object]:
        payments = sorted(row.payments.all(), key=lambda part: part.paid_on)
        paid = sum(payment.amount for payment in payments)
        left = (row.awarded or 0) - paid
        return {
            "row": row,
            "kind": row.get_kind_display(),
            "status": row.get_status_display(),
            "tone": CLAIM_TONES[row.status],
            "paid": paid,
            "left": left,
            "payments": [
                {"row": payment, "verbs": self.verbs(payment, "aftercare:correct-claim-payment")}
                for payment in payments
            ],
            "verbs": self.verbs(
                row,
                row.status == ClaimStatus.AWARDED and left > 0 and "aftercare:record-claim-payment",
                ("aftercare:answer-claim", row.answered_on and _("Correct the answer")),
            ),
        }

    def _journeys(self, kin: Q) -> list[dict[str, object]]:
        rows = Repatriation.objects.visible_to(self.user).filter(kin)
        rows = rows.select_related("case", "origin", "destination", "receiver", "provider")
        journeys = list(rows.order_by("-planned_for", "-created_at"))
        escorts = self._private(Escort, "repatriation", [row.pk for row in journeys])
        return [self._journey(row, escorts[row.pk]) for row in journeys]

    def _journey(self, row: Repatriation, escort: str) -> dict[str, object]:
        here = row.case_id == self.case.pk
        over = not any(row.status in step.sources for step in journey_workflow.steps.values())
        may = here and not over
        receiver = row.receiver or row.provider
        return {
            "row": row,
            "status": row.get_status_display(),
            "tone": JOURNEY_TONES[row.status],
            "purpose": row.get_purpose_display(),
            "wish": row.get_wish_display(),
            "receiver": receiver.name if receiver else "",
            "escort": escort,
            "reason": row.get_cancelled_for_display(),
            "elsewhere": None if here else row.case,
            "verbs": self.verbs(row, may and "aftercare:move-repatriation"),
            "others": self.verbs(row, may and "aftercare:change-repatriation"),
        }
