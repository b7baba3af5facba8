"""Who the survivors of online exploitation are, beside those of other sex trafficking."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Min, Q
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _

from casework.enums import Programme
from reports.base import MONTHS, Column
from reports.measures import Figure, Measure, Measures, share
from reports.sets import people, within
from reports.statistics import quantile
from victims.enums import RANGES, AgeBand, Sex
from victims.models import Sibling, Victim

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.params import Params
    from reports.sets import Ids

CHILD = RANGES[AgeBand.CHILD][1] or 0  # the last month of being 12
MINOR = RANGES[AgeBand.TEENAGER][1] or 0
GROUPS = {
    "osec": _("Online sexual exploitation of children"),
    "other": _("Other sex trafficking"),
}
OTHERS = (Programme.CSEC, Programme.SEX_TRAFFICKING)


class Who(NamedTuple):
    pk: str
    sex: str
    low: int | None
    high: int | None

    @property
    def exact(self) -> int | None:
        return self.low if self.low == self.high else None


class OsecProfile(Measures):
    """Age and sex of survivors of OSEC, against the other survivors of sex trafficking."""

    slug = "osec-profile"
    version = 2
    title = _("Survivors of online exploitation: age and sex")
    unit = _("persons")
    people = "victims.Victim"
    definition = _(
        "All survivors identified in the period, by the first case of the group in which they "
        "are: the day of its rescue, or else the day they were entered. Age at first "
        "identification, by place of the case. An age given as a range counts as 12 or younger "
        "(under 156 months) or as a minor (under 216) where the whole range lies on one side; "
        "else it is unknown, and shares are of known ages. Youngest, mean and median: of ages "
        "known to the month. Males: of those whose sex is known. A merged person counts once, "
        "with the first known sex and age. Siblings: in a group of at least two distinct "
        "persons on the as-of day, wherever the others are. Whoever was found not to be a victim "
        "in a case is not counted there. Interval: Wilson, 95 %."
    )
    measures = {
        "youngest": Measure(_("Youngest"), kind=MONTHS, survivors=True),
        "twelve_or_younger": Measure(_("12 or younger"), survivors=True),
        "minors": Measure(_("Under 18"), survivors=True),
        "age_unknown": Measure(_("Not known whether 12 or younger"), survivors=True),
        "male": Measure(_("Males"), survivors=True),
        "sex_unknown": Measure(_("Sex not known"), survivors=True),
        "siblings": Measure(_("With siblings"), survivors=True),
        "mean_age": Measure(_("Mean age"), kind=MONTHS, survivors=True),
        "median_age": Measure(_("Median age"), kind=MONTHS, survivors=True),
    }
    keys = (Column("group", _("Group"), words=GROUPS),)
    headline = "twelve_or_younger|osec"

    def figures(self, reader: Any, params: Params) -> Iterable[Figure]:
        siblings = _siblings(reader, params)
        for group, programmes in (("osec", (Programme.OSEC,)), ("other", OTHERS)):
            people = _identified(reader, params, programmes)
            yield from _profile(group, people, siblings)


def _identified(reader: Any, params: Params, programmes: Iterable[str]) -> list[Who]:
    rows = people(reader, params).filter(case__programme__in=programmes)
    rows = within(rows, params, "case__jurisdiction")
    first = (
        rows.order_by()
        .values(who=Coalesce("victim__merged_into", "victim"))
        .annotate(day=Min(Coalesce("rescue__occurred_on", TruncDate("created_at"))))
        .filter(**params.period("day"))
    )
    keys = [row["who"] for row in first]
    stands = Victim.objects.countable_by(reader).filter(pk__in=keys)
    merged = Victim.objects.countable_by(reader).filter(merged_into__in=keys)
    columns = ("pk", "merged_into", "sex", "age_min_months", "age_max_months")
    known = {row[0]: row for row in stands.values_list(*columns)}
    others: dict[Any, list[Any]] = {}
    for row in merged.order_by("created_at", "pk").values_list(*columns):
        others.setdefault(row[1], []).append(row)
    return [
        _person(pk, [row for row in (known.get(pk), *others.get(pk, [])) if row]) for pk in keys
    ]


def _person(pk: Any, rows: list[Any]) -> Who:
    """The record that stands for the person; for what is unknown, the first known of others."""
    sex = next((row[2] for row in rows if row[2] != Sex.UNKNOWN), Sex.UNKNOWN)
    ages = next(((row[3], row[4]) for row in rows if row[3] is not None), (None, None))
    return Who(str(pk), sex, *ages)


def _profile(group: str, people: list[Who], siblings: Ids) -> Iterable[Figure]:
    everyone = {one.pk for one in people}
    exact = {one.pk: one.exact for one in people if one.exact is not None}
    ages = list(exact.values())
    known: Ids = set(exact)
    sexed = {one.pk for one in people if one.sex != Sex.UNKNOWN}
    young, aged = _below(people, CHILD)
    least = min(ages, default=None)
    youngest: Ids = {pk for pk, age in exact.items() if age == least}
    yield Figure("youngest", youngest, known, least, own={"group": group})
    yield share("twelve_or_younger", young, aged, group=group)
    yield share("minors", *_below(people, MINOR), group=group)
    yield share("age_unknown", everyone - aged, everyone, group=group)
    males = {one.pk for one in people if one.sex == Sex.MALE}
    yield share("male", males, sexed, group=group)
    yield share("sex_unknown", everyone - sexed, everyone, group=group)
    yield share("siblings", everyone & siblings, everyone, group=group)
    mean = sum(ages) / len(ages) if ages else None
    yield Figure("mean_age", n=known, value=mean, own={"group": group})
    yield Figure("median_age", n=known, value=quantile(ages, 0.5), own={"group": group})


def _siblings(reader: Any, params: Params) -> Ids:
    """The persons in a group of at least two."""
    rows = Sibling.objects.countable_by(reader).filter(
        Q(left_on__isnull=True) | Q(left_on__gt=params.as_of)
    )
    groups: dict[Any, Ids] = defaultdict(set)
    for group, who in rows.values_list("group", Coalesce("victim__merged_into", "victim")):
        groups[group].add(str(who))
    return {who for group in groups.values() if len(group) > 1 for who in group}


def _below(people: list[Who], last: int) -> tuple[Ids, Ids]:
    """Those whose whole range lies up to this month, of those whose range does not cross it."""
    young = {one.pk for one in people if one.high is not None and one.high <= last}
    older = {one.pk for one in people if one.low is not None and one.low > last}
    return young, young | older
