"""Two records of one person: said so, and taken back.

One mechanism for everyone harmed and everyone responsible; who may, and what cannot be one, the
apps say.

A merge changes for whom a record stands and, with it, only placements, certificates and what is
owed, of which one person has one. Everything else stays where it was written, so undoing it
restores all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext

from core.access import Scoped
from core.models import Record
from core.refusals import Words, together
from core.refusals import gettext as _
from core.services import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from uuid import UUID

    from django.db.models import Model

    from core.access import Actor, ScopedQuerySet


class Mergeable(Record, Scoped):
    """A record of a person; another may stand for the same person."""

    # The record that stands for this person today; always a record that is not merged itself.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )

    class Meta:
        abstract = True

    @property
    def person(self) -> UUID:
        """The key of the record that stands for this person today."""
        key: UUID = self.merged_into_id or self.pk  # type: ignore[attr-defined]
        return key


class MergeRow(Record, Scoped):
    """That two records, `kept` and `other`, are one person, who said so, and what moved with it.

    Undone, each of `moved` stands for itself again or under the record it was merged into before.
    """

    moved = ArrayField(models.UUIDField())
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_of_two", condition=~Q(kept=F("other"))
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_undone_by_somebody",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ]


def one_person(record: Any) -> Q:
    """The records of the person this record is of."""
    return Q(pk=record.person) | Q(merged_into=record.person)


def both_seen(rows: ScopedQuerySet, reader: Actor) -> ScopedQuerySet:
    """Merges of which both records are open to the reader."""
    records: Any = rows.model._meta.get_field("other").related_model
    return rows.visible_to(reader).filter(other__in=records.objects.visible_to(reader))


@dataclass(frozen=True)
class Merging:
    """Merging of one kind of records. `require_open` refuses what is beyond the actor's reach."""

    rows: Any
    require_open: Callable[[Iterable[UUID], Any], None]
    differ: Callable[[Any, Any], Words | None] = lambda _kept, _gone: None

    def unite(self, keep: Any, other: Any, actor: object) -> Any:
        """Write that two records are one person; answer the record that stands for it."""
        records, ids = type(keep)._default_manager, [keep.person, other.person]
        if ids[0] == ids[1]:
            raise Refused(_("These records are already one person."))
        self.require_open(ids, actor)
        locked = {
            row.pk: row for row in records.filter(pk__in=ids).order_by("pk").select_for_update()
        }
        kept, gone = (locked[pk] for pk in ids)
        if kept.merged_into_id or gone.merged_into_id:
            words = _("Someone else merged one of these records in the meantime. Look again.")
            raise Refused(words)
        if difference := self.differ(kept, gone):
            raise Refused(difference)
        moved = self.standing_under(gone)
        self.require_open(moved, actor)
        _place(records.filter(pk__in=moved), kept.pk)
        self.rows.objects.create(kept=kept, other=gone, moved=moved, merged_by=actor)
        return kept

    def part(self, merge: Any, actor: Actor) -> Any:
        """Take a merge back: each record stands as it stood before."""
        records = type(merge.kept)._default_manager
        merge = self.rows.objects.select_for_update().get(pk=merge.pk)
        kept = records.select_for_update().get(pk=merge.kept_id)
        if merge.undone_at:
            raise Refused(_("This merge has already been undone."))
        if kept.merged_into_id:
            raise Refused(_("A later merge depends on this one. Undo the later one first."))
        self.require_open(merge.moved, actor)
        moved = records.filter(pk__in=merge.moved)
        _place(moved.exclude(pk=merge.other_id), merge.other_id)
        _place(moved.filter(pk=merge.other_id), None)
        merge.undone_at, merge.undone_by = timezone.now(), actor
        merge.version += 1
        merge.save(update_fields=["undone_at", "undone_by", "version", "updated_at"])
        return merge

    def standing_under(self, record: Model) -> list[UUID]:
        """The record and all merged into it: as they stand, and as merges say of those unseen."""
        seen = type(record)._default_manager.filter(merged_into=record)
        merges = self.rows.objects.filter(kept=record, undone_at=None)
        unseen = (pk for moved in merges.values_list("moved", flat=True) for pk in moved)
        return sorted({record.pk, *seen.values_list("pk", flat=True), *unseen})


def beyond_reach() -> Refused:
    words = _("One of these is the same person as in a case that is not open to you.")
    return Refused(together([words, gettext("Ask the data officer.")]))


def _place(rows: ScopedQuerySet, under: UUID | None) -> None:
    rows.update(merged_into=under, version=F("version") + 1, updated_at=Now())
