"""Bonded labourers: whom the state paid against whom the centre counts, and how payment goes."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Min, Q, Sum
from django.utils.translation import gettext_lazy as _

from aftercare.codes import CertificateStatus, Payer, Tranche
from aftercare.models import Entitlement, RehabilitationPayment, ReleaseCertificate
from casework.enums import Programme
from places.enums import JurisdictionLevel
from places.models import Jurisdiction
from reports.base import COUNT, DAYS, MONEY, Column
from reports.catalogue.sentences import by_currency
from reports.measures import Figure, Measure, Measures, share
from reports.numbers import Ids
from reports.params import year_of
from reports.sets import FactByRow, row_by_row, within
from reports.statistics import quantile
from reports.survivors import people
from victims.enums import Outcome
from victims.persons import standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from django.db.models import QuerySet
    from django.db.models.functions import Coalesce

    from accounts.models import User
    from reports.params import Params

PLACE = "entitlement__certificate__jurisdiction"
UNIT = "entitlement__rate__scheme__currency"

Money = Counter[str]  # amounts by currency
Cell = tuple[str, str, Any]  # code and name of a state, year


@dataclass
class Paid:
    """Whom the state paid and whom the centre counts, in one state and year or over all."""

    state: Ids = field(default_factory=Ids)
    centre: Ids = field(default_factory=Ids)
    by_state: Money = field(default_factory=Counter)
    by_centre: Money = field(default_factory=Counter)

    def add(self, other: Paid) -> None:
        self.state |= other.state
        self.centre |= other.centre
        self.by_state.update(other.by_state)
        self.by_centre.update(other.by_centre)


class BondedLabourReconciliation(Measures):
    """State count against central count, by state and year; certificates, relief, payment."""

    slug = "bonded-labour-reconciliation"
    version = 2
    title = _("Bonded labour: state count against central count")
    rests_on = ("scheme",)
    unit = _("persons")
    people = "victims.Victim"
    takes = ("year",)
    definition = _(
        "State count: distinct persons paid by the state, in the year of payment. Central count: "
        "distinct persons paid by the centre, or whose payment the centre gave back to the state, "
        "in the year it did so. By state of the certificate. Difference: state count less central "
        "count. Missed: persons in only one of the two counts of that year; and of those missing "
        "from the central count, those it had not counted in any year by the as-of day. What the "
        "centre gives back is not a payment to the survivor. Below, of the survivors of bonded "
        "labour brought to safety by the end of the period and not found to be no victims in that "
        "case: those with an issued certificate; of those with an entitlement, those with "
        "immediate relief and those paid in full; the amounts due and unpaid; the days from rescue "
        "to certificate, and from certificate to full payment. Interval: Wilson, 95 %."
    )
    measures = {
        "counts": Measure(_("Counted by state and centre"), kind=COUNT, survivors=True),
        "with_certificate": Measure(_("With a certificate"), survivors=True),
        "immediate_relief": Measure(_("With immediate relief"), survivors=True),
        "fully_paid": Measure(_("Paid in full"), survivors=True),
        "days_to_certificate": Measure(
            _("Days from rescue to certificate, median"), kind=DAYS, survivors=True
        ),
        "days_to_full_payment": Measure(
            _("Days from certificate to full payment, median"), kind=DAYS, survivors=True
        ),
        "due": Measure(_("Due on certificates"), kind=MONEY, survivors=True),
        "unpaid": Measure(_("Due and unpaid"), kind=MONEY, survivors=True),
    }
    keys = (
        Column("jurisdiction", _("Code")),
        Column("name", _("State")),
        Column("year", _("Year")),
    )
    lead = "name"
    columns = (
        Column("state_count", _("State count"), survivors=True),
        Column("central_count", _("Central count"), survivors=True),
        Column("difference", _("Difference")),
        Column("missed_by_centre", _("Missed by the centre"), survivors=True),
        Column("never_by_centre", _("of them in no year"), survivors=True),
        Column("missed_by_state", _("Missed by the state"), survivors=True),
        Column("state_amount", _("Paid by the state"), kind=MONEY),
        Column("central_amount", _("Paid or given back by the centre"), kind=MONEY),
        *Measures.columns,
    )
    headline = "counts|||"
    together = frozenset(
        {"state_count", "central_count", "difference", "missed_by_centre", "never_by_centre"}
        | {"missed_by_state", "state_amount", "central_amount", "k", "n"}
    )
    headline_columns = ("difference", "state_count")

    def figures(self, reader: User, params: Params) -> Iterable[Figure]:
        cells, ever = _paid(reader, params)
        total = Paid()
        for paid in cells.values():
            total.add(paid)
        yield _counts(total, ever)
        for (code, name, year), paid in sorted(cells.items(), key=_by_state_and_year):
            yield _counts(paid, ever, jurisdiction=code, name=name, year=year)
        yield from _progress(reader, params)


def _by_state_and_year(cell: tuple[Cell, Paid]) -> tuple[str, str]:
    (_code, name, year), _paid = cell
    return name, str(year)


def _counts(paid: Paid, ever: Ids, **own: object) -> Figure:
    missed = paid.state - paid.centre
    return Figure(
        "counts",
        k=paid.state & paid.centre,
        n=paid.state | paid.centre,
        own=own,
        beside={
            "state_count": paid.state,
            "central_count": paid.centre,
            "difference": len(paid.state) - len(paid.centre),
            "missed_by_centre": missed,
            "never_by_centre": missed - ever,
            "missed_by_state": paid.centre - paid.state,
            "state_amount": by_currency(paid.by_state.items()),
            "central_amount": by_currency(paid.by_centre.items()),
        },
    )


def _paid(reader: User, params: Params) -> tuple[dict[Cell, Paid], Ids]:
    """What was paid and given back by state and year; whom the centre counts at all by then."""
    rows = RehabilitationPayment.objects.countable_by(reader).filter(not_counted="")
    rows = within(rows, params, PLACE).filter(
        Q(paid_on__lte=params.as_of) | Q(reimbursed_on__lte=params.as_of)
    )
    cells: dict[Cell, Paid] = defaultdict(Paid)
    ever, states = Ids(), _states()
    columns = (PLACE, UNIT, "payer", "amount", "paid_on", "reimbursed", "reimbursed_on")
    for person, place, unit, payer, amount, day, back, back_on in row_by_row(
        rows, standing("entitlement__involvement__"), *columns
    ):
        code, name = states[place]
        by_centre = payer == Payer.CENTRE
        if by_centre or (back_on and back_on <= params.as_of):
            ever.add(person)
        if _in_period(day, params):
            cell = cells[code, name, year_of(day, params.year)]
            (cell.centre if by_centre else cell.state).add(person)
            (cell.by_centre if by_centre else cell.by_state)[unit] += amount
        if back_on and _in_period(back_on, params):
            cell = cells[code, name, year_of(back_on, params.year)]
            cell.centre.add(person)
            cell.by_centre[unit] += back
    return cells, ever


def _in_period(day: date, params: Params) -> bool:
    return day <= params.until and (params.start is None or day >= params.start)


def _states() -> dict[object, tuple[str, str]]:
    """Code and name of the state every place lies in; of a whole country, its own."""
    states: dict[Any, tuple[str, str]] = {}
    rows = Jurisdiction.objects.filter(
        ancestor_links__ancestor__level__in=(JurisdictionLevel.COUNTRY, JurisdictionLevel.STATE)
    )
    above = ("ancestor_links__ancestor__code", "ancestor_links__ancestor__name")
    for place, *state in rows.order_by("-ancestor_links__depth").values_list("pk", *above):
        states[place] = (state[0], state[1])  # the nearest comes last
    return states


def _progress(reader: User, params: Params) -> Iterator[Figure]:
    who = standing("involvement__")
    papers = ReleaseCertificate.objects.countable_by(reader).filter(
        status=CertificateStatus.ISSUED, answered_on__lte=params.as_of
    )
    in_cases = people(reader, params).filter(
        case__programme=Programme.BONDED_LABOUR,
        outcome=Outcome.RESCUED,
        rescue__occurred_on__lte=params.until,
    )
    if params.start:
        in_cases = in_cases.filter(rescue__occurred_on__gte=params.start)
    in_cases = within(in_cases, params, "case__jurisdiction")
    survivor = standing()
    freed = FactByRow(
        row_by_row(_firsts(papers, who, "answered_on"), "who", "first", in_order=True)
    )
    rescued = _firsts(in_cases, survivor, "rescue__occurred_on")
    met, with_paper, days = Ids(), Ids(), Counter[int]()
    for person, day in row_by_row(rescued, "who", "first", in_order=True):
        met.add(person)
        if issued := freed.of(person):
            with_paper.add(person)
            if issued >= day:
                days[(issued - day).days] += 1
    yield share("with_certificate", with_paper, met)
    yield _median("days_to_certificate", days, with_paper, met)
    yield from _owed(reader, params, who)


def _firsts(rows: QuerySet[ReleaseCertificate], who: object, day: str) -> Any:
    """The first such day of each person."""
    return rows.order_by().values(who=who).annotate(first=Min(day))


def _median(measure: str, days: Counter[int], k: Ids, n: Ids) -> Figure:
    return Figure(measure, k, n, quantile(days, 0.5))


def _owed(reader: User, params: Params, who: Coalesce) -> Iterator[Figure]:
    rows = Entitlement.objects.countable_by(reader).filter(
        certificate__status=CertificateStatus.ISSUED, **params.period("certificate__answered_on")
    )
    rows = within(rows, params, "certificate__jurisdiction").order_by()
    counted = Q(payments__not_counted="", payments__paid_on__lte=params.as_of)
    rows = rows.annotate(
        paid=Sum("payments__amount", filter=counted),
        last=Max("payments__paid_on", filter=counted),
        relief=Count("payments", filter=counted & Q(payments__tranche=Tranche.IMMEDIATE)),
    )
    entitled, relieved, short = Ids(), Ids(), Ids()
    days, due, unpaid = Counter[int](), Money(), Money()
    columns = ("certificate__answered_on", "total", "rate__scheme__currency")
    for person, issued, total, unit, paid, last, relief in row_by_row(
        rows, who, *columns, "paid", "last", "relief"
    ):
        entitled.add(person)
        if relief:
            relieved.add(person)
        due[unit] += total
        unpaid[unit] += total - (paid or 0)
        if last is None or paid < total:
            short.add(person)
        else:
            days[(last - issued).days] += 1
    whole = entitled - short
    yield share("immediate_relief", relieved, entitled)
    yield share("fully_paid", whole, entitled)
    yield _median("days_to_full_payment", days, whole, entitled)
    yield Figure("due", n=entitled, value=by_currency(due.items()))  # type: ignore[arg-type]
    yield Figure("unpaid", k=short, n=entitled, value=by_currency(unpaid.items()))  # type: ignore[arg-type]
