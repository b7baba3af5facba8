"""Compensation as it stands: ordered, paid, received, open."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Case, F, OuterRef, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from prosecutions.models import CompensationPayment

if TYPE_CHECKING:
    from core.access import ScopedQuerySet
    from prosecutions.models import Sentence
    from prosecutions.sentencing import SentenceQuerySet


def with_paid(sentences: SentenceQuerySet) -> ScopedQuerySet:
    """Add `in_force`, `paid`, `received` and `left`: of the compensation ordered what was paid,
    what of that reached survivors, and what is open.

    Nothing is open where the sentence is not in force any more.
    """
    sentences = sentences.with_in_force().annotate(
        paid=sum_of_payments(), received=sum_of_payments(received_on__isnull=False)
    )
    owed = When(in_force=True, then=Coalesce("compensation", Decimal(0)) - F("paid"))
    return sentences.annotate(left=Case(owed, default=Decimal(0)))


def sum_of_payments(**which: object) -> Coalesce:
    """Of a sentence: what these payments come to."""
    rows = CompensationPayment.objects.filter(sentence=OuterRef("pk"), **which).order_by()
    sums = rows.values("sentence").annotate(sum=Sum("amount")).values("sum")
    return Coalesce(Subquery(sums), Decimal(0))


def in_words(row: Sentence) -> str:
    """“INR 100,000.00 ordered, 5,000.00 paid, 95,000.00 open”; nothing where none is ordered.

    Of a sentence that was lifted: what had been ordered, and what was paid of it.
    """
    if not row.compensation:
        return ""
    values = {
        "unit": row.currency,
        "ordered": f"{row.compensation:,.2f}",
        "paid": f"{row.paid:,.2f}",  # type: ignore[attr-defined]
        "left": f"{row.left:,.2f}",  # type: ignore[attr-defined]
    }
    if not row.in_force:  # type: ignore[attr-defined]
        return _("%(unit)s %(ordered)s ordered, %(paid)s paid; the sentence is lifted") % values
    if not row.left:  # type: ignore[attr-defined]
        return _("%(unit)s %(ordered)s ordered and paid in full") % values
    return _("%(unit)s %(ordered)s ordered, %(paid)s paid, %(left)s open") % values
