"""Which version of a scheme pays, and how a sum owed stands: paid, open, late.

The laws and schemes set no day for paying. The two terms here are the house's own: a reader is
told so wherever a day counts as late.

Versions of schemes are data and never overwritten; the day of the release certificate alone
chooses one. An age that may lie under 18 makes nobody an adult: a boy entered as a man would be
owed half. What the centre gives back stands at the payment it is for: the state and the centre
count different persons, and one column "paid" could not say which. A wrong payment stays and says
why it counts no more.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db.models import F, Max, Q, Sum
from django.db.models.functions import Coalesce

from aftercare.codes import Tranche
from aftercare.models import RehabilitationScheme, SchemeRate
from places.models import Jurisdiction

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from aftercare.models import Entitlement, RehabilitationPayment

FILE = Path(__file__).parent / "data" / "rehabilitation_schemes.json"
RELIEF_WITHIN = timedelta(days=30)  # of the certificate
PAID_WITHIN = timedelta(days=180)
COUNTED = Q(payments__not_counted="")


def load_schemes() -> int:
    """Add the versions that are missing; returns how many. Run after every migration."""
    places = dict(Jurisdiction.objects.values_list("code", "pk"))
    added = 0
    for row in json.loads(FILE.read_text(encoding="utf-8")):
        named = ("name", "in_force_from", "approved_until", "note")
        values = {name: row[name] for name in named}
        values["jurisdiction_id"] = places[row["jurisdiction"]]
        scheme, created = RehabilitationScheme.objects.get_or_create(
            code=row["code"], defaults=values
        )
        added += created
        for rate in row["rates"]:
            SchemeRate.objects.get_or_create(
                scheme_id=scheme.pk,
                category=rate["category"],
                defaults={name: rate[name] for name in ("total", "deposit", "immediate", "marks")},
            )
    return added


def scheme_on(place: Jurisdiction, day: date) -> RehabilitationScheme | None:
    """The version that pays for a certificate of this day; none where the country has no scheme."""
    versions = RehabilitationScheme.objects.filter(
        jurisdiction__code=place.country, in_force_from__lte=day
    )
    return versions.order_by("-in_force_from").first()


def with_paid(entitlements: QuerySet[Entitlement]) -> Any:
    """Add `paid`, what counts of the payments, and `paid_last`, the day of the last of them."""
    return entitlements.annotate(
        paid=Coalesce(Sum("payments__amount", filter=COUNTED), Decimal(0)),
        paid_last=Max("payments__paid_on", filter=COUNTED),
    ).annotate(balance=F("total") - F("paid"))


@dataclass(frozen=True)
class Standing:
    """How an entitlement stands on a day."""

    total: Decimal
    paid: Decimal
    parts: dict[str, Decimal]  # paid, by tranche
    due: date  # the day by which the next of it should have come
    late: int  # days since then; 0 where nothing is late
    paid_in_full_on: date | None

    @property
    def balance(self) -> Decimal:
        return self.total - self.paid


def standing(
    entitlement: Entitlement, payments: Iterable[RehabilitationPayment], day: date
) -> Standing:
    """From its payments, by hand: everything here is derived, nothing stored."""
    counted = sorted(
        (row for row in payments if not row.not_counted and row.paid_on <= day),
        key=lambda row: row.paid_on,
    )
    parts = dict.fromkeys(Tranche.values, Decimal(0))
    in_full = None
    for row in counted:
        parts[row.tranche] += row.amount
        if in_full is None and sum(parts.values()) >= entitlement.total:
            in_full = row.paid_on
    issued: Any = entitlement.certificate.answered_on  # given, or nothing would be owed
    relief = parts[Tranche.IMMEDIATE] or not entitlement.rate.immediate
    due = issued + (PAID_WITHIN if relief or in_full else RELIEF_WITHIN)
    late = max(0, ((in_full or day) - due).days)
    paid = sum(parts.values(), Decimal(0))
    return Standing(entitlement.total, paid, parts, due, late, in_full)


def still_open(
    entitlement: Entitlement, payments: Iterable[RehabilitationPayment]
) -> dict[str, Decimal]:
    """By tranche what the scheme still owes of it, in the order in which they are paid.

    Immediate relief comes out of the cash part, so cash is what is left beside it.
    """
    paid = dict.fromkeys(Tranche.values, Decimal(0))
    for row in payments:
        if not row.not_counted:
            paid[row.tranche] += row.amount
    in_hand = entitlement.cash - paid[Tranche.IMMEDIATE] - paid[Tranche.CASH]
    relief = max(Decimal(0), min(entitlement.rate.immediate - paid[Tranche.IMMEDIATE], in_hand))
    return {
        Tranche.IMMEDIATE.value: relief,
        Tranche.DEPOSIT.value: entitlement.deposit - paid[Tranche.DEPOSIT],
        Tranche.CASH.value: in_hand - relief,
    }
