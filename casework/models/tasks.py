"""What is to be done in a case: tasks somebody wrote down, and questions put off for a while.

What follows from the record is asked of it by rules (`desk.rules`); the database keeps what most of
them ask (`DerivedTask`), until a fact changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.enums import TaskStatus
from casework.models.records import ITS_CASE, CaseRecord
from casework.querysets import SnoozeQuerySet, TaskQuerySet
from core.access import CONTENT, CaseRows, Nobody, Scoped, ScopedQuerySet
from core.fields import EncryptedTextField
from core.history import tracked

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _person(label: Any = None, **more: Any) -> models.ForeignKey:
    return models.ForeignKey(
        "accounts.User", verbose_name=label, on_delete=models.PROTECT, related_name="+", **more
    )


@tracked
class Task(CaseRecord):
    """One thing to do, by a person or, without one, by whoever of the team comes first.

    A task that follows from the record has the same shape and is no row of this table: `rule`
    says by which rule it is asked, and its id is that of the row it is asked of.
    """

    rule, may_wait = "", False

    what = EncryptedTextField(_("What is to be done"), help_text=_("Use codes, not names."))
    assignee = _person(_("Who does it"), null=True, blank=True)
    due_on = models.DateField(_("By when"))
    added_by = _person()
    status = models.CharField(max_length=10, choices=TaskStatus, default=TaskStatus.OPEN)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = _person(null=True, blank=True)
    reason = EncryptedTextField(_("Why it is no longer needed"), null=True)

    access = CaseRows(CONTENT, Perm.TASK_VIEW)
    part, shown_with = "to-do", (*ITS_CASE, "assignee")
    objects: ClassVar[Any] = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="casework_task_end_has_its_moment_and_person",
                condition=Q(status=TaskStatus.OPEN, ended_at__isnull=True, ended_by__isnull=True)
                | (
                    Q(status__in=[TaskStatus.DONE, TaskStatus.CANCELLED])
                    & Q(ended_at__isnull=False, ended_by__isnull=False)
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["assignee", "due_on"],
                name="casework_task_of_person",
                condition=Q(status="open"),
            ),
        ]

    def describe(self) -> list[tuple[StrOrPromise, object]]:
        return [(_("Task"), self.what)]


@tracked
class Snooze(CaseRecord):
    """A question of the record put off until a day: by which rule it is asked, about which row."""

    rule = models.SlugField(max_length=40)
    row_id = models.UUIDField()
    until = models.DateField()
    reason = EncryptedTextField()
    snoozed_by = _person()
    snoozed_at = models.DateTimeField(db_default=Now())
    woken_at = models.DateTimeField(null=True)

    part = "to-do"
    access = CaseRows(CONTENT, Perm.TASK_VIEW)
    objects: ClassVar[Any] = SnoozeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "row_id"],
                name="casework_snooze_once",
                condition=Q(woken_at__isnull=True),
            ),
            models.CheckConstraint(
                name="casework_snooze_woken_after",
                condition=Q(woken_at__isnull=True) | Q(woken_at__gte=F("snoozed_at")),
            ),
        ]


class DerivedTask(Scoped):
    """What a rule, or the docket, asks of a row of a case, as it was asked last.

    Only a function of the wall writes it (`desk/to_do/derived.py`, `core/wall/derived_tasks.sql`).
    What it says of a case with a note (`AskAgain`) may be over. It holds facts alone: what
    the clock changes is compared on reading. Days are those of the office of the case. `row_id`: of
    which row it is asked; `target`: with which one its page opens; `about`: the code that tells the
    row from others; `gravity`: its class of harm once its day is near; `from_on`, `from_at`: from
    when it is asked, nothing: from the first. `reference`: that of the case, in whose order it is
    read.
    """

    # On reading, `id` is that of the row it is asked of, as of every task.
    key = models.UUIDField(
        primary_key=True, db_column="id", db_default=RandomUUID(), editable=False
    )
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(
        "accounts.Office",
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        db_index=False,  # it begins the index of the order
    )
    level = models.PositiveSmallIntegerField(editable=False)
    rule = models.SlugField(max_length=40, db_index=False)
    reference = models.CharField(max_length=20, db_default="")
    row_id = models.UUIDField()
    target = models.UUIDField(null=True)
    about = models.CharField(max_length=200)
    due_on = models.DateField()
    from_on = models.DateField(null=True)
    from_at = models.DateTimeField(null=True)
    gravity = models.PositiveSmallIntegerField()

    named_by = "key"
    append_only = made_by_owner = True
    access = CaseRows(CONTENT, Perm.TASK_VIEW)
    objects: ClassVar[Any] = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "row_id"], name="casework_derived_once"),
        ]
        indexes = [
            models.Index(
                fields=["office", "rule", "gravity", *order, "row_id"],
                include=["case", "level", "from_on", "from_at", "about", "target"],
                name=f"casework_derived_{name}",
            )
            for name, order in (
                ("to_come", ["due_on"]),
                ("overdue", ["-due_on"]),
                ("by_case", ["reference", "due_on"]),
            )
        ]


class AskAgain(Scoped):
    """A case in which something was written that rules rest on, since they were asked last.

    `noted_by`: by which transaction; while it goes on it alone sees the note.
    """

    case_id = models.UUIDField()
    office_id = models.UUIDField()
    noted_by = models.BigIntegerField()

    append_only = made_by_owner = True
    access = Nobody()

    class Meta:
        indexes = [
            models.Index(fields=["case_id"], name="casework_askagain_case"),
            models.Index(fields=["office_id"], name="casework_askagain_office"),
        ]
