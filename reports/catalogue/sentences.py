"""Sentences: who goes to prison and for how long, fines, compensation ordered and paid."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from prosecutions.enums import Instance
from prosecutions.models import Sentence
from reports.base import MONEY, MONTHS, SHARE, ByPlace, Column, rate, rate_columns
from reports.numbers import Ids
from reports.sets import EVERY, PROGRAMME, gather, told
from reports.statistics import quantile
from reports.verdicts import CONVICTED, decisions, natural, ours, person

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reports.params import Params
    from reports.sets import Sets


class Given(NamedTuple):
    """One sentence of one person. Money is in `currency`, and so are the payments (`paid`)."""

    place: int  # among all sentences: two may be alike
    person: int
    months: int
    life: bool
    suspended: bool
    currency: str
    fine: Decimal
    ordered: Decimal
    paid: Decimal

    @property
    def term(self) -> float:
        """In months; life is longer than any number of them."""
        return inf if self.life else self.months


class Sentences(ByPlace):
    """What persons convicted in first instance were sentenced to, by place of the court."""

    slug = "sentences"
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
        "Natural persons convicted in first instance in the period, by place of the court. "
        "Custodial: months of imprisonment or life, not suspended; of all convicted, also those "
        "whose sentence is not recorded, whose number stands beside it. A person counts once per "
        "place, with the longest term; life is counted and left out of median and quartiles. "
        "Suspended: every term of the person is. Fines and compensation are added within a "
        "currency only; paid is what was paid of it by the as-of day. Interval: Wilson, 95 %."
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
    )

    def sets(self, reader: Any, params: Params) -> Sets:
        convicted = decisions(reader, params, "first").filter(
            CONVICTED, natural(CHARGED), ours(params), **params.period("judgment__decided_on")
        )
        persons = gather(convicted, COURT, person(CHARGED), convicted=EVERY)
        return persons | {"given": _sentences(reader, params)}

    def row(self, at: Mapping[str, Ids]) -> dict[str, Any]:
        given = _of_convicted(at)
        terms, convicted = to_serve(given), len(at["convicted"])
        recorded, suspended = {one.person for one in given}, all_suspended(given)
        months = sorted(term for term in terms.values() if term != inf)
        return rate(len(terms), convicted) | {
            "recorded": len(recorded),
            "recorded_share": len(recorded) / convicted if convicted else None,
            "life": len(terms) - len(months),
            "median": quantile(months, 0.5),
            "quartile_1": quantile(months, 0.25),
            "quartile_3": quantile(months, 0.75),
            "suspended": len(suspended),
            "suspended_share": len(suspended) / convicted if convicted else None,
            "fined": len({one.person for one in given if one.fine}),
            "fines": by_currency((one.currency, one.fine) for one in given),
            "ordered": by_currency((one.currency, one.ordered) for one in given),
            "paid": by_currency((one.currency, one.paid) for one in given),
        }

    def members(self, at: Mapping[str, Ids]) -> dict[str, Ids]:
        given = _of_convicted(at)
        return {
            "k": Ids(to_serve(given)),
            "n": at["convicted"],
            "recorded": Ids(one.person for one in given),
        }


NOTHING = Decimal(0)
COURT = "judgment__prosecution__jurisdiction"
CHARGED, SENTENCED = "charge__suspect__perpetrator", "suspect__perpetrator"


def first_given(reader: Any, params: Params) -> Any:
    """Sentences of the convictions of the period: of their own judgment, while these stood."""
    return (
        Sentence.objects.countable_by(reader)
        .given_by(params.as_of)
        .filter(
            natural(SENTENCED),
            ours(params),
            judgment__instance=Instance.FIRST,
            **params.period("judgment__decided_on"),
        )
    )


def _sentences(reader: Any, params: Params) -> dict[tuple[Any, str], set[Given]]:
    """The sentences of the period, each with what was paid of it by the as-of day."""
    paid = Sum("payments__amount", filter=Q(payments__paid_on__lte=params.as_of))
    rows = first_given(reader, params).order_by().annotate(person=person(SENTENCED), paid=paid)
    columns = (COURT, PROGRAMME, "months", "life", "suspended", "currency")
    found: dict[tuple[Any, str], set[Given]] = defaultdict(set)
    every = told(rows, "person", *columns, "fine", "compensation", "paid")
    for at, (who, court, programme, months, life, suspended, currency, *money) in enumerate(every):
        amounts = (amount or NOTHING for amount in money)
        found[court, programme].add(
            Given(at, who, months or 0, life, suspended, currency, *amounts)
        )
    return found


def _of_convicted(at: Mapping[str, Any]) -> list[Given]:
    return [one for one in at["given"] if one.person in at["convicted"]]


def to_serve(given: Iterable[Given]) -> dict[int, float]:
    """The longest term each person has to serve; nobody whose terms are all suspended."""
    terms: dict[int, float] = {}
    for one in given:
        if one.term and not one.suspended:
            terms[one.person] = max(one.term, terms.get(one.person, 0))
    return terms


def all_suspended(given: Iterable[Given]) -> Ids:
    """Persons with a suspended term and none to serve."""
    given = list(given)
    suspended = Ids(one.person for one in given if one.term and one.suspended)
    return suspended - Ids(to_serve(given))


def by_currency(amounts: Iterable[tuple[str, Decimal]]) -> dict[str, str] | None:
    """The sum in each currency, never across them; nothing where no money was named."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for currency, amount in amounts:
        if amount:
            sums[currency] += amount
    return {currency: f"{sums[currency]:.2f}" for currency in sorted(sums)} or None
