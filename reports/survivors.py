"""The parts of persons in cases that figures of survivors are made of, and what is known of each
person: read once for all figures of a sitting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from reports.numbers import Ids, union
from reports.rows import read
from reports.sets import PROGRAMME, row_by_row, within
from reports.together import once
from victims.enums import Sex
from victims.htcds import TraffickingStatus
from victims.models import Exploitation, Involvement, Victim
from victims.persons import standing
from victims.services.basis import out_of_figures

if TYPE_CHECKING:
    from accounts.models import User
    from core.access import ScopedQuerySet
    from reports.params import Params
    from reports.rows import Rows

CASE, RESCUE, RESCUED_ON = "case__jurisdiction", "rescue__jurisdiction", "rescue__occurred_on"
OPENED_ON, KNOWN_ON = "case__opened_on", "identified_on"


def people(reader: User, params: Params) -> ScopedQuerySet:
    """The parts of persons in cases that figures of survivors are made of."""
    return of_victims(Involvement.objects.countable_by(reader), params)


def of_victims(rows: ScopedQuerySet, params: Params, part: str = "") -> ScopedQuerySet:
    """Without who was found not to be a victim, in that case, by the as-of day.

    A finding in one record of a person holds for the others. From figures that leave, whoever said
    no to them is left out, too. `part`: the path to the part of the
    person in the case, with its underscores.
    """
    found_not = Exploitation.objects.filter(
        Q(decided_on__isnull=True) | Q(decided_on__lte=params.as_of),
        status=TraffickingStatus.NOT,
        case=OuterRef(f"{part}case"),
    ).alias(who=standing("involvement__"))
    rows = rows.alias(stands=standing(part))
    rows = rows.filter(~Exists(found_not.filter(who=OuterRef("stands"))))
    return rows.exclude(**{f"{part}victim__in": out_of_figures()}) if params.leaves else rows


def survivors(reader: User, params: Params, place: str = "") -> Rows:
    """The same with the facts that most figures ask; of the place asked for, where one is named."""
    rows = people(reader, params)
    return read(
        within(rows, params, place) if place else rows,
        standing(),
        texts=(PROGRAMME, "outcome"),
        keys=(RESCUE, CASE),
        days=(RESCUED_ON, KNOWN_ON, OPENED_ON),
    )


UNSAID = {"sex": Sex.UNKNOWN, "nationality": "", "age_min_months": None, "age_max_months": None}


class PersonFacts:
    """Who is of which sex, nationality and age: as the record says that stands for the person, else
    the first one that says it (`of_person` of `victims/persons.py`)."""

    def __init__(self, reader: User) -> None:
        records = Victim.objects.countable_by(reader)
        rows = read(
            records.filter(merged_into=None),
            "pk",
            texts=("sex", "nationality"),
            numbers=("age_min_months", "age_max_months"),
        )
        self.by = {fact: rows.by(fact, without=unsaid) for fact, unsaid in UNSAID.items()}
        merged = records.filter(merged_into__isnull=False)
        others = sorted(row_by_row(merged, "merged_into", "created_at", "pk", *UNSAID))
        for place, (fact, unsaid) in enumerate(UNSAID.items(), 3):
            known = union(self.by[fact].values())
            for other in others:
                if other[place] != unsaid and other[0] not in known:
                    known.add(other[0])
                    self.by[fact].setdefault(other[place], Ids()).add(other[0])

    def of_sex(self, sex: str) -> Ids:
        return self.by["sex"].get(sex, Ids())

    @property
    def sexed(self) -> Ids:
        return union(self.by["sex"].values())

    def at_most(self, months: int) -> Ids:
        """Who is certainly not older."""
        return union(ids for age, ids in self.by["age_max_months"].items() if age <= months)

    def at_least(self, months: int) -> Ids:
        return union(ids for age, ids in self.by["age_min_months"].items() if age >= months)

    def to_the_month(self) -> dict[int, Ids]:
        """Whose age is known to the month, by it."""
        oldest = self.by["age_max_months"]
        youngest = self.by["age_min_months"].items()
        return {age: ids & oldest[age] for age, ids in youngest if age in oldest}


def facts_of(reader: User) -> PersonFacts:
    return once("what is known of survivors", lambda: PersonFacts(reader))
