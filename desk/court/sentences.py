"""Sentences of a judgment, as the section “Court” shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from core.shortcuts.together import read_together
from desk.court.reader import by, codes, grouped
from prosecutions import money
from prosecutions.models import CompensationPayment, CompensationShare, Sentence
from prosecutions.words import sentence_in_words
from victims.models import Involvement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from casework.verbs import Button
    from desk.court.reader import Reader
    from prosecutions.models import Judgment

PAYMENT = ("prosecutions:correct-payment", "prosecutions:strike-payment")


class Sentences:
    """One query."""

    def __init__(self, reader: Reader) -> None:
        self.verbs = reader.verbs
        rows = money.with_paid(reader.rows(Sentence, "suspect")).order_by("created_at")
        open_to_them = Involvement.objects.visible_to(reader.user)
        to = open_to_them.filter(pk=OuterRef("involvement")).values("code")
        payments = reader.rows(CompensationPayment).annotate(to=Subquery(to))
        payments = payments.order_by("paid_on", "created_at")
        shares = reader.rows(CompensationShare, "involvement").filter(involvement__in=open_to_them)
        shares = shares.order_by("created_at")
        read_together(rows, payments, shares)
        self.rows = by("judgment_id", reader.keep(rows))
        self.payments = by("sentence_id", payments)
        self.shares = by("sentence_id", shares)

    def of(self, judgment: Judgment) -> list[dict[str, str]]:
        pairs = [(sentence_in_words(row), row.suspect) for row in self.rows[judgment.pk]]
        return grouped(pair for pair in pairs if pair[0])

    def corrections(self, judgment: Judgment) -> list[Button]:
        """The pages that put a sentence right, or strike one not paid on, with whose it is."""
        return [button for row in self.rows[judgment.pk] for button in self._corrections(row)]

    def _corrections(self, row: Sentence) -> list[Button]:
        who = {"code": row.suspect.code}
        correct = _("Correct the sentence %(code)s") % who
        strike = _("Sentence entered in error %(code)s") % who
        unpaid = not self.payments[row.pk] and ("prosecutions:strike-sentence", strike)
        return self.verbs(row, ("prosecutions:correct-sentence", correct), unpaid)

    def sentenced(self, judgment: Judgment) -> set[UUID]:
        """The suspects whose sentence is recorded."""
        return {row.suspect_id for row in self.rows[judgment.pk]}

    def gap(self, judgments: Iterable[Judgment], convicted: Mapping[object, object]) -> str:
        """The codes of those convicted for whom the proceeding has no sentence in force."""
        rows = (row for judgment in judgments for row in self.rows[judgment.pk])
        given = {row.suspect_id for row in rows if row.in_force}
        return codes(row for pk, row in convicted.items() if pk not in given)

    def compensation_of(self, judgment: Judgment) -> list[dict[str, object]]:
        """What was ordered, paid and is open, with each payment."""
        return [
            {
                "code": row.suspect.code,
                "words": money.in_words(row),
                "shares": [
                    f"{share.involvement.code} {row.currency} {share.amount:,.2f}"
                    for share in self.shares[row.pk]
                ],
                "payments": [self._payment(payment, row) for payment in self.payments[row.pk]],
                "verbs": self.verbs(
                    row,
                    row.left and "prosecutions:record-payment",
                    row.in_force and "prosecutions:share-compensation",
                ),
            }
            for row in self.rows[judgment.pk]
            if row.compensation
        ]

    def _payment(self, row: CompensationPayment, of: Sentence) -> dict[str, object]:
        return {
            "paid_on": row.paid_on,
            "amount": f"{of.currency} {row.amount:,.2f}",
            "payer": row.get_payer_display(),
            "to": row.to,  # type: ignore[attr-defined]
            "received_on": row.received_on,
            "corrections": self.verbs(row, *PAYMENT),
        }
