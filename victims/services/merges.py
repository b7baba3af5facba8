"""Two records recognised as one survivor, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.permissions import Perm
from core import audit
from core.alike.merging import Merging, beyond_reach, both_seen
from core.lists.declared import List
from core.refusals import gettext as _
from core.services import Refused, service
from victims.enums import ConfirmationStatus
from victims.models import Confirmation, Victim, VictimMerge
from victims.persons import parts_of, records_of, wholly_open, within_reach

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from uuid import UUID

    from accounts.models import User
    from core.lists.pagination import Page
    from core.refusals import Words

# What the database refuses of one person, by the name of the constraint: apps above add theirs.
impossible: dict[str, Callable[[], Words]] = {}
SIDES = 2
MERGES = List(VictimMerge.objects.all(), "kept other", seen=both_seen)


@service(Perm.VICTIM_MERGE)
def merge_victims(keep: Victim, *, other: Victim, actor: User) -> Victim:
    """Merge two records of one survivor. Every count follows, whatever its date.

    Whoever may not see names merges what both sides have confirmed.
    """
    for record in (keep, other):
        require_person(record, actor)
    if not actor.has_perm(Perm.IDENTITY_VIEW) and not confirmed(keep, other):
        words = _(
            "You cannot see the names. Ask both case managers first, and merge the records when"
            " both agree."
        )
        raise Refused(words)
    kept = _united(keep, other, actor)
    audit.record("victims.merged", kept, actor=actor, other=str(other.pk))
    return kept


def _united(keep: Victim, other: Victim, actor: User) -> Victim:
    try:
        with transaction.atomic():
            kept: Victim = MERGING.unite(keep, other, actor)
    except IntegrityError as exc:
        words = next((reason for name, reason in impossible.items() if name in str(exc)), None)
        if words is None:
            raise
        raise Refused(words()) from None
    return kept


@service(Perm.VICTIM_MERGE)
def undo_victim_merge(merge: VictimMerge, *, actor: User) -> VictimMerge:
    """Say that two records are not one survivor after all. Each is as it was before."""
    require_person(merge.kept, actor)
    undone: VictimMerge = MERGING.part(merge, actor)
    audit.record("merge.undone", undone, actor=actor, records=len(undone.moved))
    return undone


@service(Perm.VICTIM_MERGE)
def read_merges(*, cursor: str = "", actor: User) -> Page:
    """One page of the merges in force of which both records are open to the reader, the newest
    first. Raises `BadPage`.
    """
    rows = MERGES.reach(actor).filter(undone_at=None)
    page = MERGES.page(rows.select_related("kept", "other", "merged_by"), cursor)
    merges = page.rows
    people = audit.about(merges, actor)
    audit.read_rows(
        "victimmerge.list",
        VictimMerge._meta.label,
        [m.pk for m in merges],
        actor=actor,
        shown=people,
    )
    return page


def confirmed(record: Victim, other: Victim) -> bool:
    """Whether a case manager of either side said that the record is of the person it says."""
    first, second = sorted((record.pk, other.pk))
    rows = Confirmation.objects.filter(match__one=first, match__other=second)
    victims = rows.filter(status=ConfirmationStatus.YES).values_list(
        "involvement__victim", flat=True
    )
    return len(set(victims)) == SIDES


def require_person(record: Victim, actor: User) -> None:
    if not within_reach(Victim.objects.filter(pk=record.pk), actor).exists():
        raise PermissionDenied("victim")


def _require_all_open(ids: Iterable[UUID], actor: User) -> None:
    wanted = set(ids)
    reached = within_reach(Victim.objects.filter(pk__in=wanted), actor).count()
    if reached < len(wanted) or not wholly_open(wanted):
        raise beyond_reach()


MERGING = Merging(VictimMerge, _require_all_open)


def side_of(record: Victim, reader: User) -> dict[str, Any]:
    """One side of a comparison: the person by codes, never a name."""
    records = records_of(record, reader)
    parts = list(parts_of(records, reader))
    return {"record": records[0] if records else record, "records": records, "parts": parts}
