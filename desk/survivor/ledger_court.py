"""What courts gave a survivor, beside what she claimed: ordered compensation, courts abroad.

What a sentence orders is kept with the court and nowhere else; the two apps do not know each
other, so they meet here. Sums of claims and of sentences are never added: one may be given for the
other. For whom a sentence is follows from its charges; where they name nobody or several, the page
says so.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from accounts.permissions import Perm
from prosecutions import money
from prosecutions.models import ChargeVictim, CompensationShare, Participation, Sentence

if TYPE_CHECKING:
    from decimal import Decimal
    from uuid import UUID

    from django.db.models import Q

    from accounts.models import User
    from casework.models import Case
    from victims.models import Involvement


def ordered(person: Involvement, user: User) -> list[dict[str, object]] | None:
    """Compensation that sentences of the case order to this survivor, and to nobody by name.

    None: courts are not open to this reader. For whom a sentence is, the court says by survivor, or
    it follows from whom its charges name.
    """
    case = person.case
    if not (user.has_perm(Perm.PROSECUTION_VIEW) and user.scope.reads(case, Perm.PROSECUTION_VIEW)):
        return None
    named, shared = _named(case, user), _shared(case, user)
    sentences = Sentence.objects.visible_to(user).filter(case=case, compensation__gt=0)
    sentences = sentences.select_related(
        "suspect", "judgment__prosecution__court", "judgment__prosecution__jurisdiction"
    )
    orders = []
    to_her = money.with_paid(sentences).annotate(
        paid_to_her=money.sum_of_payments(involvement=person),
        reached_her=money.sum_of_payments(involvement=person, received_on__isnull=False),
    )
    for row in to_her.order_by("judgment__decided_on", "pk"):
        court, shares = row.judgment.prosecution, shared[row.pk]
        whose = shares.keys() or named[court.pk, row.suspect_id]
        if not whose or person.pk in whose:
            orders.append(
                {
                    "words": money.in_words(row),
                    "hers": f"{row.currency} {shares[person.pk]:,.2f}" if shares else "",
                    "paid": f"{row.currency} {row.paid_to_her:,.2f}" if row.paid_to_her else "",
                    "reached": f"{row.reached_her:,.2f}",
                    "lifted": not row.in_force,
                    "settled": not row.left,
                    "suspect": row.suspect.code,
                    "day": row.judgment.decided_on,
                    "court": court.court.name if court.court else str(court.jurisdiction),
                    "by_name": bool(whose),
                    "shared": len(whose) > 1 and not shares,
                }
            )
    return orders


def _named(case: Case, user: User) -> defaultdict[tuple[UUID, UUID], set[UUID]]:
    """By court and accused the survivors whom charges name."""
    named = defaultdict(set)
    rows = ChargeVictim.objects.visible_to(user).filter(case=case)
    columns = ("charge__prosecution", "charge__suspect", "involvement")
    for court, suspect, who in rows.values_list(*columns):
        named[court, suspect].add(who)
    return named


def _shared(case: Case, user: User) -> defaultdict[UUID, dict[UUID, Decimal]]:
    """By sentence what it orders to whom."""
    shared: defaultdict[UUID, dict[UUID, Decimal]] = defaultdict(dict)
    rows = CompensationShare.objects.visible_to(user).filter(case=case)
    for sentence, who, amount in rows.values_list("sentence", "involvement", "amount"):
        shared[sentence][who] = amount
    return shared


def court_abroad(person: Involvement, user: User, kin: Q) -> list[dict[str, object]]:
    """Steps of this person before courts of another country than the case's, or travelled for."""
    rows = (
        Participation.objects.visible_to(user)
        .filter(kin)
        .select_related(
            "case__jurisdiction",
            "prosecution__court",
            "prosecution__jurisdiction",
            "travelled_from",
        )
    )
    home = person.case.jurisdiction.country
    steps = []
    for row in rows.order_by("-happened_on", "-created_at"):
        where = row.prosecution.jurisdiction if row.prosecution else row.case.jurisdiction
        if where.country == home and row.travelled_from is None:
            continue
        court = row.prosecution.court if row.prosecution else None
        steps.append(
            {
                "day": row.happened_on,
                "words": row.get_kind_display(),
                "court": court.name if court else where.name,
                "place": where.name if court else "",
                "travelled_from": str(row.travelled_from) if row.travelled_from else "",
                "companion": row.get_accompanied_by_display() if row.accompanied_by else "",
                "elsewhere": row.case if row.case_id != person.case_id else None,
            }
        )
    return steps
