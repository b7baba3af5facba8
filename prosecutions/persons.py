"""One person everywhere: the records of a person, and records that may be of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Prefetch, Q

from core.access import CONTENT
from core.alike.matching import SIDES, MatchStatus
from core.alike.merging import one_person
from prosecutions.models import Alias, OffenderMatch, Perpetrator, Suspect
from prosecutions.similar_names import perhaps_called

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from accounts.models import User
    from prosecutions.statuses import SuspectQuerySet

SHOWN = 8  # records offered as perhaps the same person


def suspects_of(people: Iterable[UUID], user: User) -> list[UUID]:
    """Where these persons, under whatever record, are suspected, in the cases the reader may see.

    Asked in two steps, each by an index: one condition over suspects, records and their mergers at
    once has the database look at every row there is.
    """
    records = list(records_among(people, user).values_list("pk", flat=True))
    roles = Suspect.objects.visible_to(user).filter(perpetrator__in=records)
    return list(roles.values_list("pk", flat=True))


def records_among(people: Iterable[UUID], user: User) -> QuerySet[Perpetrator]:
    """Every record of these persons."""
    ids = list(people)
    records: QuerySet[Perpetrator] = Perpetrator.objects.visible_to(user)
    return records.filter(Q(pk__in=ids) | Q(merged_into__in=ids))


def within_reach(rows: QuerySet[Perpetrator], actor: User) -> QuerySet[Perpetrator]:
    """Of records those the actor may write about: of a case whose content is open, not shown."""
    reach = actor.scope.rows(CONTENT, case="case", office="office")
    return rows.filter(Exists(Suspect.objects.filter(reach, perpetrator=OuterRef("pk"))))


def reached(rows: Iterable[Perpetrator], actor: User) -> set[UUID]:
    """Of these records the keys of those the actor may write about."""
    there = within_reach(Perpetrator.objects.filter(pk__in=[row.pk for row in rows]), actor)
    return set(there.values_list("pk", flat=True))


def may_write_about(record: Perpetrator, actor: User) -> bool:
    return bool(within_reach(Perpetrator.objects.filter(pk=record.pk), actor).exists())


def with_aliases(rows: QuerySet[Perpetrator], user: User) -> QuerySet[Perpetrator]:
    """Records with the other names the reader may see."""
    names = Alias.objects.visible_to(user).order_by("created_at", "pk")
    return rows.prefetch_related(Prefetch("aliases", names))


def persons_found(likest: dict[UUID, float], user: User) -> dict[UUID, float]:
    """Every record of the persons of these records, each as like as the likest of its person."""
    seen, ids = Perpetrator.objects.visible_to(user), list(likest)
    above = Perpetrator.objects.filter(pk__any_of=ids).values("merged_into")
    ways: list[dict[str, Any]] = [
        {"pk__any_of": ids},
        {"merged_into__any_of": ids},
        {"pk__in": above},
        {"merged_into__in": above},
    ]
    first, *others = (seen.filter(**way).values_list("pk", "merged_into") for way in ways)
    family = {pk: stands or pk for pk, stands in first.union(*others)}  # each way by an index
    best: dict[UUID, float] = {}
    for pk, person in family.items():
        best[person] = max(best.get(person, 0), likest.get(pk, 0))
    return {pk: best[person] for pk, person in family.items()}


def records_of(record: Perpetrator, user: User) -> list[Perpetrator]:
    """Every record of this person the reader may see, the one that stands for it first."""
    rows = with_aliases(Perpetrator.objects.visible_to(user).filter(one_person(record)), user)
    return sorted(rows, key=lambda row: (row.merged_into_id is not None, row.created_at, row.pk))


def names_of(records: Iterable[Perpetrator]) -> set[str]:
    """What these records call a person, other names as well."""
    return {row.name for record in records for row in (record, *record.aliases.all())} - {""}


def roles_of(records: Iterable[Perpetrator], user: User) -> SuspectQuerySet:
    """The roles of these records in the cases the reader may see."""
    rows = Suspect.objects.visible_to(user).filter(perpetrator__in=[row.pk for row in records])
    return rows.with_status().select_related("case").order_by("case__reference", "code")


def alike(records: list[Perpetrator], user: User) -> list[Perpetrator]:
    """Other people whose name or alias is spelt or said alike, the likest first.

    Of each person one record; only what the reader may see is compared. Who was said to be somebody
    else is not offered again.
    """
    names = names_of(records)
    ours = [record.pk for record in records]
    likest = perhaps_called(names, SHOWN * 4)
    if not likest:
        return []
    others = Perpetrator.objects.visible_to(user).exclude(pk__in=ours)
    judged = OffenderMatch.objects.visible_to(user).of(ours).filter(status=MatchStatus.DIFFERENT)
    apart = {pk for pair in judged.values_list(*SIDES) for pk in pair}
    others = others.exclude(merged_into__in=ours).exclude(pk__in=apart)
    rows = with_aliases(others.filter(pk__in=likest), user)
    best: dict[UUID, Perpetrator] = {}
    for row in sorted(rows, key=lambda row: (-likest[row.pk], row.created_at, row.pk)):
        best.setdefault(row.person, row)
    return list(best.values())[:SHOWN]
