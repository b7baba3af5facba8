"""Who the survivors of online exploitation are, beside those of other sex trafficking."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Case, Min, Q, When
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from casework.enums import Programme
from reports.base import MONTHS, Column
from reports.measures import Figure, Measure, Measures, share
from reports.numbers import Ids, union, unpacked
from reports.sets import PACKED, grouped, lists_of, people, row_by_row, within
from reports.statistics import quantile
from victims.enums import RANGES, AgeBand, Sex
from victims.models import Sibling, Victim
from victims.persons import standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.db.models import QuerySet

    from accounts.models import User
    from reports.params import Params

CHILD = RANGES[AgeBand.CHILD][1] or 0  # the last month of being 12
FACTS = ("sex", "age_min_months", "age_max_months")
MINOR = RANGES[AgeBand.TEENAGER][1] or 0
GROUPS = {
    "osec": _("Online sexual exploitation of children"),
    "other": _("Other sex trafficking"),
}
OTHERS = (Programme.CSEC, Programme.SEX_TRAFFICKING)


class PersonFacts(NamedTuple):
    """What a record, or all records of a person together, say."""

    sex: str
    low: int | None
    high: int | None


class Profile:
    """Who is in a group, by what is known of them."""

    def __init__(self, everyone: Ids) -> None:
        self.everyone, self.sexed, self.males = everyone, Ids(), Ids()
        self.ages: dict[int, Ids] = defaultdict(Ids)  # known to the month
        self.up_to: dict[int, Ids] = {CHILD: Ids(), MINOR: Ids()}
        self.over: dict[int, Ids] = {CHILD: Ids(), MINOR: Ids()}

    def add(self, some: Ids, known: PersonFacts) -> None:
        """Of some persons, in the group or not, the same is known."""
        some = some & self.everyone
        if known.sex != Sex.UNKNOWN:
            self.sexed |= some
        if known.sex == Sex.MALE:
            self.males |= some
        if some and known.low is not None and known.low == known.high:
            self.ages[known.low] |= some
        for last in self.up_to:
            if known.high is not None and known.high <= last:
                self.up_to[last] |= some
            if known.low is not None and known.low > last:
                self.over[last] |= some

    def below(self, last: int) -> tuple[Ids, Ids]:
        """Those whose whole range lies up to this month, of those whose range does not cross it."""
        return self.up_to[last], self.up_to[last] | self.over[last]

    @property
    def months(self) -> Counter[int]:
        """How many are of each age known to the month."""
        return Counter({age: len(ids) for age, ids in self.ages.items()})


class OsecProfile(Measures):
    """Age and sex of survivors of OSEC, against the other survivors of sex trafficking."""

    slug = "osec-profile"
    version = 3
    title = _("Survivors of online exploitation: age and sex")
    unit = _("persons")
    people = "victims.Victim"
    definition = _(
        "All survivors identified in the period, dated by the first case of the group they are in: "
        "the day of its rescue, or the day we learned of them if that is earlier. Age at first "
        "identification, by place of the case. An age given as a range counts as 12 or younger "
        "(under 156 months), or as a minor (under 216 months), only if the whole range is on one "
        "side; otherwise it is unknown. Shares are of known ages. Youngest, mean and median are of "
        "ages known to the month. Males: of those whose sex is known. A merged person counts once, "
        "with the first known sex and age. Siblings: in a group of at least two distinct persons "
        "on the as-of day, wherever the others are. A person found not to be a victim in a case is "
        "not counted in that case. Interval: Wilson, 95 %."
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

    def figures(self, reader: User, params: Params) -> Iterable[Figure]:
        siblings = _siblings(reader, params)
        identified = _identified(reader, params)
        profiles = {group: Profile(everyone) for group, everyone in identified.items()}
        everyone = union(profile.everyone for profile in profiles.values())
        for some, known in _known(reader, everyone):
            for profile in profiles.values():
                profile.add(some, known)
        for group, profile in profiles.items():
            yield from _profile(group, profile, siblings)


def _identified(reader: User, params: Params) -> dict[str, Ids]:
    """Everyone first identified in the period, by group."""
    groups = {"osec": Q(case__programme=Programme.OSEC), "other": Q(case__programme__in=OTHERS)}
    rows = within(people(reader, params), params, "case__jurisdiction")
    days = Least("rescue__occurred_on", "identified_on")
    first = (
        rows.filter(reduce(or_, groups.values()))
        .order_by()
        .values(who=standing())
        .annotate(**{f"first_{group}": Min(days, filter=of) for group, of in groups.items()})
        .annotate(
            **{
                group: Case(When(**params.period(f"first_{group}"), then=True), default=False)
                for group in groups
            }
        )
        .values_list("who", *groups)
    )
    identified = {group: Ids() for group in groups}
    columns, lists = ("row_id", *groups), lists_of(groups)
    for _part, *packed in grouped(first, columns, "number >> 16", lists):
        for group, some in zip(groups, packed, strict=True):
            identified[group] |= unpacked(some)
    return identified


def _known(reader: User, everyone: Ids) -> Iterator[tuple[Ids, PersonFacts]]:
    """What is known of these persons: together of all of whom the same is known. All records are
    read: to find them by person once more costs the database several times that."""
    records = Victim.objects.countable_by(reader)
    others, left = _merged(records, everyone), everyone.copy()
    facts_of = records.order_by().values_list(*FACTS, "pk")
    for *facts, packed in grouped(facts_of, (*FACTS, "row_id"), ", ".join(FACTS), [PACKED]):
        some, known = unpacked(packed) & left, PersonFacts(*facts)
        left -= some
        merged = some & Ids(others)
        yield some - merged, _person([known])
        for pk in merged:
            yield Ids([pk]), _person([known, *others[pk]])
    for pk in left:  # the record that stands is not open to this reader
        yield Ids([pk]), _person(others.get(pk, ()))


def _merged(records: QuerySet[Victim], keys: Ids) -> dict[int, list[PersonFacts]]:
    """What the other records of these persons say, the first first."""
    columns = ("created_at", "pk", *FACTS)
    rows = row_by_row(records.filter(merged_into__isnull=False), "merged_into", *columns)
    by_person: dict[int, list[PersonFacts]] = defaultdict(list)
    for who, _entered, _pk, *facts in sorted(row for row in rows if row[0] in keys):
        by_person[who].append(PersonFacts(*facts))
    return by_person


def _person(records: Sequence[PersonFacts]) -> PersonFacts:
    """The record that stands for the person; for what is unknown, the first known of others."""
    sex = next((record.sex for record in records if record.sex != Sex.UNKNOWN), Sex.UNKNOWN)
    ages = next(
        ((record.low, record.high) for record in records if record.low is not None), (None, None)
    )
    return PersonFacts(sex, *ages)


def _profile(group: str, profile: Profile, siblings: Ids) -> Iterable[Figure]:
    everyone, known = profile.everyone, union(profile.ages.values())
    least = min(profile.ages, default=None)
    youngest = profile.ages[least] if least is not None else Ids()
    young, aged = profile.below(CHILD)
    yield Figure("youngest", youngest, known, least, own={"group": group})
    yield share("twelve_or_younger", young, aged, group=group)
    yield share("minors", *profile.below(MINOR), group=group)
    yield share("age_unknown", everyone - aged, everyone, group=group)
    yield share("male", profile.males, profile.sexed, group=group)
    yield share("sex_unknown", everyone - profile.sexed, everyone, group=group)
    yield share("siblings", everyone & siblings, everyone, group=group)
    ages = profile.months
    mean = sum(age * many for age, many in ages.items()) / ages.total() if ages else None
    yield Figure("mean_age", n=known, value=mean, own={"group": group})
    yield Figure("median_age", n=known, value=quantile(ages, 0.5), own={"group": group})


def _siblings(reader: User, params: Params) -> Ids:
    """The persons in a group of at least two."""
    rows = Sibling.objects.countable_by(reader).filter(
        Q(left_on__isnull=True) | Q(left_on__gt=params.as_of)
    )
    groups: dict[Any, Ids] = defaultdict(Ids)
    for who, group in row_by_row(rows, standing(), "group"):
        groups[group].add(who)
    return union(group for group in groups.values() if len(group) > 1)
