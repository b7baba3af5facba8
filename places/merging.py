"""Two rows of reference data that are the same: one stays, and what named the other names it.

The other is retired and keeps its page and its history. Rows of cases move, too, which whoever
merges may not see: the database moves them and says how many they were (`core/wall/merging.sql`).
"""

from __future__ import annotations

from typing import TypeVar

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from core.refusals import Words, together
from core.refusals import gettext as _
from core.services import Refused, amend
from core.verbs.arguments import Column

WHICH = Column(
    label=gettext_lazy("Which one stays"),
    help=gettext_lazy("It keeps its name and all its details."),
)


class Mergeable(models.Model):
    """A row that may be found to be the same as another, which then stands for it."""

    merged_into = models.ForeignKey(
        "self",
        verbose_name=gettext_lazy("merged into"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="merged",
    )

    moved = 0  # how many rows named it, once it was merged

    class Meta:
        abstract = True


M = TypeVar("M", bound=Mergeable)


def merged_is_retired(table: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{table}_merged_is_retired",
        condition=models.Q(merged_into__isnull=True) | models.Q(is_active=False),
    )


def check_stands(row: Mergeable) -> None:
    """Raises `Refused` where another row stands for this one."""
    if row.merged_into is not None:
        words = _("It was merged into %(name)s. Change that one.")
        raise Refused(words % {"name": row.merged_into})


def unite(gone: M, kept: M, version: int) -> M:
    """Let `kept` stand for `gone`. The verb notes both. Raises `Refused`, `Stale`."""
    if gone.pk == kept.pk:
        raise Refused(_("Choose another one."), "into")
    both = type(gone)._default_manager.filter(pk__in=[gone.pk, kept.pk]).order_by("pk")
    locked = both.select_for_update(of=("self",))
    if any(row.merged_into_id for row in locked):  # type: ignore[attr-defined]
        raise Refused(_("One of them was merged a moment ago. Look again."), "into")
    changed = amend(gone, version, is_active=False, merged_into=kept)
    before = type(gone)._default_manager.filter(merged_into=gone)
    before.update(merged_into=kept, updated_at=timezone.now())
    changed.moved = _move(gone, kept)
    return changed


def _move(gone: Mergeable, kept: Mergeable) -> int:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            given = [gone._meta.db_table, gone.pk, kept.pk]
            cursor.execute("select merge_reference(%s, %s, %s)", given)
            (moved,) = cursor.fetchone()
    except IntegrityError as exc:
        table = exc.__cause__.diag.table_name  # type: ignore[union-attr]
        raise Refused(_both_named(table), "into") from None
    return int(moved)


def _both_named(table: str) -> Words:
    """What stands in the way, by the name of its table: no row, which may be one of a case."""
    words = {model._meta.db_table: model._meta.verbose_name for model in apps.get_models()}
    sentence = _("Both are named by the same record, or each has one of the same name (%(what)s).")
    sentence %= {"what": words.get(table, table)}
    return together([sentence, gettext("Put that right first.")])
