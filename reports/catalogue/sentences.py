"""Sentences: who goes to prison and for how long, fines, compensation ordered and paid out."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from reports import verdicts
from reports.accused import COURT, DECIDED_ON, JUDGED_BY, attributed, decided, sentenced, sentences
from reports.base import MONEY, MONTHS, SHARE, ByPlace, Column, rate, rate_columns
from reports.rows import BELOW
from reports.sets import PROGRAMME
from reports.statistics import quantile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from accounts.models import User
    from reports.numbers import Ids
    from reports.params import Params
    from reports.rows import Column as Which
    from reports.rows import Rows
    from reports.sets import Sets


class Sentences(ByPlace):
    """What persons convicted in first instance were sentenced to, by place of the court."""

    slug = "sentences"
    version = 2
    title = _("Sentences")
    unit = _("persons")
    people = "prosecutions.Perpetrator"
    takes = ("attribution",)
    chart = "forest"
    sums = (
        ("n", ("recorded",)),
        ("recorded", ("k", "suspended")),
        ("recorded", ("fined",)),
        ("k", ("life",)),
    )
    definition = _(
        "Natural persons convicted at first instance in the period, by place of the court. "
        "Custodial: months of imprisonment or life, not suspended; of all persons convicted, "
        "including those whose sentence is not recorded. Their number is shown beside it. A person "
        "counts once per place, with the longest term. Life sentences are counted but left out of "
        "median and quartiles. Suspended: all terms of the person are suspended. Fines and "
        "compensation are added up within each currency. Paid: what was paid of it by the as-of "
        "day. Received: what of that had reached survivors by then. Interval: Wilson, 95 %."
    )
    columns = (
        *rate_columns(_("Custodial"), _("Convicted"), _("Custodial share")),
        Column("recorded", _("Sentence recorded")),
        Column("recorded_share", _("Share recorded"), kind=SHARE),
        Column("life", _("Life")),
        Column("median", _("Median term"), kind=MONTHS, of=""),
        Column("quartile_1", _("First quartile"), kind=MONTHS, of=""),
        Column("quartile_3", _("Third quartile"), kind=MONTHS, of=""),
        Column("suspended", _("Suspended")),
        Column("suspended_share", _("Suspended share"), kind=SHARE),
        Column("fined", _("Fined")),
        Column("fines", _("Fines"), kind=MONEY),
        Column("ordered", _("Compensation ordered"), kind=MONEY),
        Column("paid", _("Compensation paid"), kind=MONEY),
        Column("received", _("Received by survivors"), kind=MONEY),
    )

    def sets(self, reader: User, params: Params) -> Sets:
        judged = decided(reader, params, "first")
        convicted = judged["convicted"] & _ours(judged, params)
        persons = judged.gather(COURT, convicted=convicted)
        return persons | _given(reader, params)

    def row(self, at: Mapping[str, Any]) -> dict[str, Any]:
        convicted, life = len(at["convicted"]), at["for_life"]
        months = longest(at["terms"], life)
        serving, suspended = len(at["to_serve"]), len(all_suspended(at))
        recorded = len(at["recorded"])
        return (
            rate(serving, convicted)
            | {
                "recorded": recorded,
                "recorded_share": recorded / convicted if convicted else None,
                "life": len(life),
                "median": quantile(months, 0.5),
                "quartile_1": quantile(months, 0.25),
                "quartile_3": quantile(months, 0.75),
                "suspended": suspended,
                "suspended_share": suspended / convicted if convicted else None,
                "fined": len(at["fined"]),
            }
            | {name: by_currency(Counter(at[name]).items()) for name in MONEYS}
        )

    def members(self, at: Mapping[str, Any]) -> dict[str, Ids]:
        return {
            "k": at["to_serve"],
            "n": at["convicted"],
            "recorded": at["recorded"],
            "life": at["for_life"],
            "suspended": all_suspended(at),
            "fined": at["fined"],
        }


MONEYS = ("fines", "ordered", "paid", "received")
WHEN_PAID = ("paid_on", "received_on")


def _ours(rows: Rows, params: Params) -> Which:
    """The judgments of the period, of the attributions asked for."""
    return rows.during(params, DECIDED_ON) & attributed(rows, params, JUDGED_BY)


def _given(reader: User, params: Params) -> Sets:
    """Of the sentences of the period: who got what, the longest terms to serve, and the money.

    Each rests on a conviction of its own judgment, which is among those counted beside it.
    """
    given = sentenced(reader, params)
    ours, life, suspended = _ours(given, params), given["life"], given["suspended"]
    months = given["months"] > 0
    sets = given.gather(
        COURT,
        recorded=ours,
        to_serve=ours & (life | months) & ~suspended,
        not_to_serve=ours & (life | months) & suspended,
        for_life=ours & life & ~suspended,
        fined=ours & given["fined"],
    )
    sets["terms"] = given.paired(COURT, "months", ours & months & ~suspended & ~life)
    return sets | _amounts(reader, params)


def _amounts(reader: User, params: Params) -> Sets:
    """The money of these sentences: what was ordered, and what of it was paid and received."""
    rows = sentences(reader, params).filter(verdicts.ours(params), **params.period(DECIDED_ON))
    paid, received = (Q(**{f"payments__{day}__lte": params.as_of}) for day in WHEN_PAID)
    by_court = rows.order_by().values_list(COURT, PROGRAMME, "currency")
    sums: Sets = {name: defaultdict(Counter) for name in MONEYS}
    for names, of_currency in (
        (MONEYS[:2], by_court.annotate(Sum("fine"), Sum("compensation"))),
        (
            MONEYS[2:],
            by_court.filter(paid | received).annotate(
                paid=Sum("payments__amount", filter=paid),
                received=Sum("payments__amount", filter=received),
            ),
        ),
    ):
        for court, programme, currency, *totals in of_currency:
            for name, total in zip(names, totals, strict=True):
                if total:
                    sums[name][court, programme][currency] = total
    return sums


def longest(terms: Any, life: Ids) -> Counter[int]:
    """How many persons have how many months to serve at most; without those who have life."""
    given = np.sort(np.frombuffer(terms or b"", np.int64))[::-1]  # months, and below them who
    persons, first = np.unique(given & BELOW, return_index=True)
    others = ~np.isin(persons, np.array(life))
    months, many = np.unique(given[first][others] >> 32, return_counts=True)
    return Counter(dict(zip(months.tolist(), many.tolist(), strict=True)))


def all_suspended(at: Mapping[str, Ids]) -> Ids:
    """Persons with a suspended term and none to serve."""
    return at["not_to_serve"] - at["to_serve"]


def by_currency(amounts: Iterable[tuple[str, Any]]) -> dict[str, str] | None:
    """The sum in each currency, never across them; nothing where no money was named."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for currency, amount in amounts:
        if amount:
            sums[currency] += amount
    return {currency: f"{sums[currency]:.2f}" for currency in sorted(sums)} or None
