"""Figures of others two by two, and beside our own shares: ratios, never a sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from reports.base import NUMBER, SHARE, Column
from reports.measures import Figure, Measure, Measures
from reports.sets import within
from studies.comparing import share_of
from studies.enums import Basis, Kind, StratumKind, Unit
from studies.models import Estimate, ExternalStatistic
from studies.side_by_side import Comparison, Ground, Ours, beside_ours, comparisons

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from reports.params import Params

PARTIAL = "not_representative"
FOUND = {
    **dict(StratumKind.choices),
    **dict(Basis.choices),
    PARTIAL: gettext_lazy("not representative"),
}


class ExternalDivergence(Measures):
    """How far figures of the same thing lie apart."""

    slug = "external-divergence"
    version = 3
    title = gettext_lazy("Figures of others beside each other")
    unit = gettext_lazy("figures")
    definition = gettext_lazy(
        "Two figures of others of the same measure, unit and form, of places of which one holds "
        "the other, whose years had begun by the as-of day: the later over the earlier, and how "
        "their areas lie to each other. Our published shares of minors stand beside those of "
        "others about a place around. They were not counted in the same way: a ratio asks for a "
        "reason, no reduction follows from it, and nothing is added or averaged. “<5” is 1 to "
        "4, so its ratio is a range; other text in the place of a number has none."
    )
    measures = {
        "others": Measure(gettext_lazy("Two figures of others"), kind=NUMBER),
        "ours": Measure(gettext_lazy("Ours, and one of others"), kind=NUMBER),
    }
    keys = (
        Column("kind", gettext_lazy("Measures"), words=dict(Kind.choices)),
        Column("one", gettext_lazy("One")),
        Column("basis", gettext_lazy("Where it comes from"), words=FOUND, joint="; "),
        Column("two", gettext_lazy("The other")),
        Column("ground", gettext_lazy("Areas"), words=dict(Ground.choices)),
    )
    columns = (
        Column("value", gettext_lazy("The other over the one"), kind=NUMBER),
        Column("low", gettext_lazy("At least"), kind=NUMBER),
        Column("high", gettext_lazy("At most"), kind=NUMBER),
        Column("first", gettext_lazy("The one"), kind=NUMBER),
        Column("second", gettext_lazy("The other"), kind=NUMBER),
    )
    lead = "kind"

    def figures(self, reader: User, params: Params) -> Iterable[Figure]:
        rows = ExternalStatistic.objects.countable_by(reader).filter(
            year__lte=params.until.year,
            **({"year__gte": params.start.year} if params.start else {}),
        )
        rows = within(rows, params, "jurisdiction", "programme").select_related("jurisdiction")
        statistics = list(rows.order_by("year", "publisher", "series", "pk"))
        yield from (_figure(line) for line in comparisons(statistics))
        ours = Estimate.objects.countable_by(reader).filter(published_on__isnull=False)
        ours = ours.filter(stratum__study__fieldwork_to__lte=params.until)
        ours = ours.select_related("stratum__study", "stratum__jurisdiction")
        yield from (_ours(line) for line in beside_ours(ours.order_by("pk"), statistics))


def _figure(line: Comparison) -> Figure:
    own = {
        "kind": line.one.measure,
        "one": f"{line.one}, {line.one.year}",
        "two": f"{line.two}, {line.two.year}",
        "ground": str(line.ground),
    }
    return Figure(
        "others",
        None,
        None,
        line.ratio,
        *line.between,
        own=own,
        beside={
            "first": _number(line.one),
            "second": _number(line.two),
            "units": {"first": _unit(line.one), "second": _unit(line.two)},
        },
    )


def _ours(line: Ours) -> Figure:
    estimate, other = line.estimate, line.other
    stratum, seen = estimate.stratum, estimate.stratum.study.is_representative
    own = {
        "kind": other.measure,
        "one": f"{stratum.study}, {stratum.jurisdiction}",
        "basis": "+".join([stratum.kind, estimate.basis, *([] if seen else [PARTIAL])]),
        "two": f"{other}, {other.year}",
        "ground": str(Ground.WITHIN),
    }
    return Figure(
        "ours",
        value=line.ratio,
        own=own,
        beside={
            "first": share_of(estimate),
            "second": _number(other),
            "units": {"first": SHARE, "second": _unit(other)},
        },
    )


def _unit(row: ExternalStatistic) -> str:
    return SHARE if row.unit == Unit.SHARE else NUMBER


def _number(row: ExternalStatistic) -> float | None:
    return None if row.value is None else float(row.value)
