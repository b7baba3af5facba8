"""One survivor everywhere: the records of a person, and what all of them say together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Case, Exists, F, FilteredRelation, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull

from core.access import CONTENT
from core.alike.merging import one_person
from victims.enums import Sex
from victims.models import Involvement, Victim

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from django.db.models import Expression, Model, QuerySet

    from accounts.models import User


# Of the records of a person, the one that stands for it comes first.
STANDS_FIRST = (Case(When(merged_into=None, then=0), default=1), "created_at", "pk")


def within_reach(rows: QuerySet[Victim], actor: User) -> QuerySet[Victim]:
    """Of records those the actor may write about: of a case whose content is open, not shown."""
    reach = actor.scope.rows(CONTENT, case="case", office="office")
    return rows.filter(Exists(Involvement.objects.filter(reach, victim=OuterRef("pk"))))


def wholly_open(ids: Iterable[UUID]) -> bool:
    """Whether every case of these records is open to whoever acts: the database says yes or no."""
    with connection.cursor() as cursor:
        cursor.execute("select victims_wholly_open(%s::uuid[])", [[str(pk) for pk in ids]])
        return bool(cursor.fetchone()[0])


def records_of(record: Victim, user: User) -> list[Victim]:
    """Every record of this person the reader may see, the one that stands for it first."""
    return standing_first(Victim.objects.visible_to(user).filter(one_person(record)))


def standing_first(records: Iterable[Victim]) -> list[Victim]:
    """Records of one person, each once, the one that stands for it first."""
    once = {row.pk: row for row in records}.values()
    return sorted(once, key=lambda row: (row.merged_into_id is not None, row.created_at, row.pk))


def parts_of_person(record: Victim, user: User) -> QuerySet[Involvement]:
    """The parts of this person, under whatever record, in the cases the reader may see: a record
    is open to whoever sees a part of it, so these lead to all of `records_of`."""
    records = Victim.objects.filter(one_person(record)).values("pk")
    rows = Involvement.objects.visible_to(user).filter(victim__in=records)
    return rows.select_related("case", "victim").order_by("case__opened_on", "case__reference")


def parts_of(records: Iterable[Victim], user: User) -> QuerySet[Involvement]:
    """The parts of these records in the cases the reader may see."""
    rows = Involvement.objects.visible_to(user).filter(victim__in=[row.pk for row in records])
    beside = ("case__jurisdiction", "victim")
    return rows.select_related(*beside).order_by("case__reference", "code")


def in_danger(people: Collection[UUID], user: User) -> set[UUID]:
    """Of these persons, those of whom a record that the reader may see says so."""
    flagged = Victim.objects.visible_to(user).filter(safety_flag=True)
    rows = flagged.filter(Q(pk__in=people) | Q(merged_into__in=people))
    return {merged or pk for pk, merged in rows.values_list("pk", "merged_into")}


class Standing(Coalesce):
    """The record that stands for the person of a row. Only merged records are joined for it: to
    join every person, each under the policy of persons, costs a figure a third."""

    def __init__(self, victim: str) -> None:
        self._victim, self._merged = victim, "merged_" + victim.replace("__", "_")
        super().__init__(f"{victim}__merged_into", victim)

    def resolve_expression(  # type: ignore[override]
        self,
        query: Any = None,
        allow_joins: bool = True,
        reuse: set[str] | None = None,
        summarize: bool = False,
        for_save: bool = False,
    ) -> Expression:
        if self._merged not in query._filtered_relations:
            is_merged = Q(**{f"{self._victim}__merged_into__isnull": False})
            joined = FilteredRelation(self._victim, condition=is_merged)
            query.add_filtered_relation(joined, self._merged)
        who = Coalesce(f"{self._merged}__merged_into", self._victim)
        resolved = who.resolve_expression(query, allow_joins, reuse, summarize, for_save)
        for name, join in query.alias_map.items():
            if getattr(join.filtered_relation, "alias", "") == self._merged:
                query.alias_map[name] = join.promote()  # a key that is never empty joins inside
        return resolved


def standing(part: str = "") -> Standing:
    """The record that stands for the person; `part`: the path to the part in a case."""
    return Standing(f"{part}victim")


def also_of_person(rows: Any, part: str = "involvement__", *, here: str = "") -> QuerySet[Model]:
    """For `has_none`: rows of the same person, of whatever record and case.

    `part` and `here`: the paths to the part in a case, of those rows and of the row that asks.
    Records are found by their ids alone, each compared as it is, so that an index finds them: of
    whatever is computed from an id, as by `standing`, every row of the table would be read.
    """
    of, into = (OuterRef(OuterRef(f"{here}{path}")) for path in ("victim", "victim__merged_into"))
    same = Q(pk=of) | Q(pk=into) | Q(merged_into=of) | Q(merged_into=into)
    return rows.filter(**{f"{part}victim__in": Victim.objects.filter(same).values("pk")})


def has_none(rows: QuerySet[Model]) -> IsNull:
    """There is none of these rows. Asked of each row that asks, by an index: `Exists` would let
    the database join the whole table instead."""
    return IsNull(Subquery(rows.values("pk")[:1]), True)


UNSAID: dict[str, str] = {"sex": Sex.UNKNOWN, "nationality": ""}  # else nothing


def of_person(field: str, *, victim: str = "victim") -> Case | Coalesce:
    """Age, sex or nationality of the person of a row: of the record that stands, else the first
    one known.

    `measures.md` 4. Of most rows it is their own record's: only those of persons with several
    records ask further, for which the database reads the merged ones once.
    """
    nothing = UNSAID.get(field)
    unsaid = {f"{field}__isnull": True} if nothing is None else {field: nothing}
    into = OuterRef(f"{victim}__merged_into")
    # PostgreSQL takes `Coalesce` for something that may leak, and asks it only behind the policy of
    # persons: without an index, so that each merged person would cost a reading of all records.
    stands = Case(When(IsNull(into, False), then=into), default=OuterRef(victim))
    records = Victim.objects.filter(Q(pk=stands) | Q(merged_into=stands)).exclude(**unsaid)
    first = Subquery(records.order_by(*STANDS_FIRST).values(field)[:1])
    merged = Victim.objects.filter(merged_into__isnull=False)
    has_value = ~Q(**{f"{victim}__{name}": value for name, value in unsaid.items()})
    alone = ~Exists(merged.filter(merged_into=OuterRef(victim)))
    own = Q(**{f"{victim}__merged_into": None}) & (has_value | alone)
    case = Case(When(own, then=F(f"{victim}__{field}")), default=first)
    return case if nothing is None else Coalesce(case, Value(nothing))
