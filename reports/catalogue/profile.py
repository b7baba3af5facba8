"""Who the survivors of online exploitation are, beside those of other sex trafficking."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.enums import Programme
from reports.base import MONTHS, Column
from reports.measures import Figure, Measure, Measures, share
from reports.numbers import Ids, union
from reports.sets import PROGRAMME, row_by_row
from reports.statistics import quantile
from reports.survivors import CASE, KNOWN_ON, RESCUED_ON, facts_of, survivors
from victims.enums import RANGES, AgeBand, Sex
from victims.models import Sibling
from victims.persons import standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from reports.params import Params
    from reports.survivors import PersonFacts

CHILD = RANGES[AgeBand.CHILD][1] or 0  # the last month of being 12
MINOR = RANGES[AgeBand.TEENAGER][1] or 0
GROUPS = {
    "osec": _("Online sexual exploitation of children"),
    "other": _("Other sex trafficking"),
}
OTHERS = (Programme.CSEC, Programme.SEX_TRAFFICKING)


class Profile:
    """Who is in a group, by what is known of them."""

    def __init__(self, everyone: Ids, known: PersonFacts) -> None:
        self.everyone, self.known = everyone, known
        self.sexed, self.males = everyone & known.sexed, everyone & known.of_sex(Sex.MALE)
        to_the_month = ((age, everyone & ids) for age, ids in known.to_the_month().items())
        self.ages = {age: ids for age, ids in to_the_month if ids}

    def below(self, last: int) -> tuple[Ids, Ids]:
        """Those whose whole range lies up to this month, of those whose range does not cross it."""
        up_to = self.everyone & self.known.at_most(last)
        return up_to, up_to | (self.everyone & self.known.at_least(last + 1))

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
        for group, everyone in _identified(reader, params).items():
            yield from _profile(group, Profile(everyone, facts_of(reader)), siblings)


def _identified(reader: User, params: Params) -> dict[str, Ids]:
    """Everyone first identified in the period, by group."""
    people, begun = survivors(reader, params, CASE), params.start
    known = people.by_any(params.until, RESCUED_ON, KNOWN_ON)
    before = begun and people.by_any(begun - timedelta(days=1), RESCUED_ON, KNOWN_ON)
    groups = {
        "osec": people.said(PROGRAMME, Programme.OSEC),
        "other": people.said(PROGRAMME, *OTHERS),
    }
    identified = people.sets(**{group: of & known for group, of in groups.items()})
    if begun:
        earlier = people.sets(**{group: of & before for group, of in groups.items()})
        identified = {group: ids - earlier[group] for group, ids in identified.items()}
    return identified


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
