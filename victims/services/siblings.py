"""Groups of siblings: rescued together, to be placed together. Of persons, whatever the cases."""

from __future__ import annotations

import uuid
from collections import defaultdict
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from core import audit
from core.days import clock
from core.refusals import gettext as _
from core.services import Refused, service
from victims.models import Involvement, Sibling, Victim
from victims.services.reach import require_person

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from uuid import UUID

    from accounts.models import User
    from core.access import ScopedQuerySet

STANDS = Coalesce("merged_into", "pk")  # the record that stands for the person


@service(Perm.PERSON_COMPLETE, label=gettext_lazy("Add a brother or sister"))
def join_siblings(victim: Victim, *, sibling: Involvement, actor: User) -> Sibling:
    """Record that two persons are siblings, so that they stay together. This shows on the page
    of each of them."""
    if not Involvement.objects.visible_to(actor).filter(pk=sibling.pk).exists():
        raise PermissionDenied("person of a case that is not open")
    pair = sorted({victim.pk, sibling.victim_id})
    if len(pair) < 2 or victim.person == sibling.victim.person:
        raise Refused(_("Choose another person: this is the same one."))
    for pk in pair:
        require_person(pk, actor)
    list(Victim.objects.select_for_update().filter(pk__in=pair).order_by("pk"))
    mine = {row.victim_id: row for row in _current().filter(victim__in=pair)}
    for row in [row for row in mine.values() if len(mine) == 2 and _is_alone(row)]:
        _leave(mine.pop(row.victim_id), actor)
    joined = {row.group for row in mine.values()}
    if len(mine) == 2:
        raise Refused(
            _("These two are already in one group of siblings.")
            if len(joined) == 1
            else _("Both are already in groups of siblings. Take one out of their group first.")
        )
    group = joined.pop() if joined else uuid.uuid4()
    for pk in pair:
        if pk not in mine:
            mine[pk] = Sibling.objects.create(group=group, victim_id=pk)
            audit.record("siblings.joined", mine[pk], actor=actor)
    return mine[victim.pk]


@service(Perm.PERSON_COMPLETE)
def leave_siblings(sibling: Sibling, *, actor: User) -> Sibling:
    """Record that a person does not belong to the group of siblings."""
    require_person(sibling.victim_id, actor)
    row = _current().select_for_update().filter(pk=sibling.pk).first()
    if row is None:
        raise Refused(_("This person has already left the group."))
    _leave(row, actor)
    audit.record("siblings.left", row, actor=actor)
    return row


def siblings_of(victims: Collection[UUID], reader: User) -> dict[UUID, list[UUID]]:
    """For each of these records the siblings of its person this reader may know of.

    Every record of a sibling, for whoever asks where the sibling sleeps. Who has none is left out.
    Four statements, whatever the number.
    """
    seen = Victim.objects.visible_to(reader)
    persons = set(seen.filter(pk__in=victims).values_list(STANDS, flat=True))
    mine = _records_of(persons, reader)
    own = {record: person for person, records in mine.items() for record in records}
    kin = kin_of(mine, reader)
    theirs = _records_of({person for others in kin.values() for person in others}, reader)
    return {
        pk: [record for person in kin[own[pk]] for record in theirs.get(person, [person])]
        for pk in victims
        if own.get(pk) in kin
    }


def kin_of(persons: Mapping[UUID, Iterable[UUID]], reader: User) -> dict[UUID, dict[UUID, UUID]]:
    """The siblings of persons whose records are known, each with the row by which they are in the
    group: one statement."""
    rows = _current().visible_to(reader)
    own = {record: person for person, records in persons.items() for record in records}
    known = rows.filter(group__in=rows.filter(victim__in=own).values("group"))
    person_of = Coalesce("victim__merged_into", "victim")
    groups: defaultdict[UUID, set[UUID]] = defaultdict(set)
    members: defaultdict[UUID, dict[UUID, UUID]] = defaultdict(dict)
    for group, record, person, row in known.order_by("created_at", "pk").values_list(
        "group", "victim", person_of, "pk"
    ):
        members[group].setdefault(person, row)
        if record in own:
            groups[own[record]].add(group)
    kin = {
        me: {who: row for group in mine for who, row in members[group].items() if who != me}
        for me, mine in groups.items()
    }
    return {me: others for me, others in kin.items() if others}


def _records_of(persons: Collection[UUID], reader: User) -> dict[UUID, list[UUID]]:
    """All records of these persons the reader may see."""
    by_person: defaultdict[UUID, list[UUID]] = defaultdict(list)
    of_them = Q(pk__in=persons) | Q(merged_into__in=persons)
    records = Victim.objects.visible_to(reader).filter(of_them).order_by("created_at")
    for record, person in records.values_list("pk", STANDS):
        by_person[person].append(record)
    return by_person


def _current() -> ScopedQuerySet:
    return Sibling.objects.filter(left_on__isnull=True)


def _is_alone(row: Sibling) -> bool:
    return not _current().filter(group=row.group).exclude(pk=row.pk).exists()


def _leave(row: Sibling, actor: User) -> None:
    parts = Involvement.objects.visible_to(actor).filter(victim=row.victim_id)
    part = parts.select_related("case__jurisdiction").order_by("created_at", "pk").first()
    row.left_on = part.case.jurisdiction.today if part else clock.today()
    row.version += 1
    row.save()
