"""Sentences: who goes to prison and for how long, fines, compensation ordered and paid out."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Q, Sum
from django.utils.translation import gettext_lazy as _

from prosecutions.enums import Instance
from prosecutions.models import Sentence
from reports.base import MONEY, MONTHS, SHARE, ByPlace, Column, rate, rate_columns
from reports.numbers import Ids, pairs
from reports.sets import EVERY, PROGRAMME, gather, paired
from reports.statistics import quantile
from reports.verdicts import CONVICTED, decisions, natural, ours, person

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from accounts.models import User
    from prosecutions.sentencing import SentenceQuerySet
    from reports.params import Params
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
        convicted = decisions(reader, params, "first").filter(
            CONVICTED, natural(CHARGED), ours(params), **params.period("judgment__decided_on")
        )
        persons = gather(convicted, COURT, person(CHARGED), convicted=EVERY)
        return persons | _given(first_given(reader, params).order_by(), params)

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


COURT = "judgment__prosecution__jurisdiction"
CHARGED, SENTENCED = "charge__suspect__perpetrator", "suspect__perpetrator"
MONEYS = ("fines", "ordered", "paid", "received")
WHEN_PAID = ("paid_on", "received_on")
TERM, SUSPENDED = Q(life=True) | Q(months__gt=0), Q(suspended=True)


def first_given(reader: User, params: Params) -> SentenceQuerySet:
    """Sentences of the convictions of the period: of their own judgment, while these stood."""
    return first_ever(reader, params).filter(**params.period("judgment__decided_on"))


def first_ever(reader: User, params: Params) -> SentenceQuerySet:
    """The same of any period."""
    return (
        Sentence.objects.countable_by(reader)
        .given_by(params.as_of)
        .filter(
            natural(SENTENCED),
            ours(params),
            judgment__instance=Instance.FIRST,
        )
    )


def _given(rows: SentenceQuerySet, params: Params) -> Sets:
    """Of the sentences of the period: who got what, the longest terms to serve, and the money.

    Each rests on a conviction of its own judgment, which is among those counted beside it.
    """
    sets = gather(
        rows,
        COURT,
        person(SENTENCED),
        recorded=EVERY,
        to_serve=TERM & ~SUSPENDED,
        not_to_serve=TERM & SUSPENDED,
        for_life=Q(life=True) & ~SUSPENDED,
        fined=Q(fine__isnull=False) & ~Q(fine=0),
    )
    of_months = rows.filter(~SUSPENDED, life=False, months__gt=0)
    sets["terms"] = paired(of_months, COURT, person(SENTENCED), Max("months"))
    return sets | _amounts(rows, params)


def _amounts(rows: SentenceQuerySet, params: Params) -> Sets:
    """The money of these sentences: what was ordered, and what of it was paid and received."""
    paid, received = (Q(**{f"payments__{day}__lte": params.as_of}) for day in WHEN_PAID)
    by_court = rows.values_list(COURT, PROGRAMME, "currency")
    sums: Sets = {name: defaultdict(Counter) for name in MONEYS}
    for names, sentenced in (
        (MONEYS[:2], by_court.annotate(Sum("fine"), Sum("compensation"))),
        (
            MONEYS[2:],
            by_court.filter(paid | received).annotate(
                paid=Sum("payments__amount", filter=paid),
                received=Sum("payments__amount", filter=received),
            ),
        ),
    ):
        for court, programme, currency, *totals in sentenced:
            for name, total in zip(names, totals, strict=True):
                if total:
                    sums[name][court, programme][currency] = total
    return sums


def longest(terms: object, life: Ids) -> Counter[int]:
    """How many persons have how many months to serve at most; without those who have life."""
    by_months: dict[int, Ids] = defaultdict(Ids)
    for number, months in pairs(terms):
        by_months[months].add(number)
    counts, seen = Counter[int](), life.copy()
    for months in sorted(by_months, reverse=True):
        counts[months] = len(by_months[months] - seen)
        seen |= by_months[months]
    return counts


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
