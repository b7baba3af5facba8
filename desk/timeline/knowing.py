"""What was to be done, and who came to know of the case beside its team.

The words of a task, an order or a reason are not told here: they are encrypted, and read where
they stand.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.enums import GlassFinding, LegalBasis, TaskStatus
from casework.models import BreakGlass, Disclosure, Seal, Task
from desk.timeline.facts import colleague, facts
from desk.timeline.kinds import Kind
from desk.timeline.stream import Source
from desk.timeline.words import labelled

if TYPE_CHECKING:
    from accounts.models import User


def of_others(user: User) -> Q:
    """Those that open the case to somebody else; who reads by one knows of it elsewhere."""
    return ~Q(user=user.pk)


def confirmed(user: User) -> Q:
    return of_others(user) & Q(confirmed_at__isnull=False)


task = partial(Source, kind=Kind.FILE, icon="circle-check", link="to-do")
outside = partial(Source, kind=Kind.FILE, icon="gavel", link="disclosures", where=confirmed)
sealed = partial(Source, kind=Kind.FILE, icon="lock", link="knowing")
emergency = partial(Source, kind=Kind.FILE, icon="triangle-alert", where=of_others)

ENDED = labelled(_("Task"), TaskStatus, "status")
DISCLOSED = labelled(_("Disclosed outside"), LegalBasis, "basis")
REVIEWED = labelled(_("Emergency opening reviewed"), GlassFinding, "finding")


def by(column: str, *columns: str) -> dict[str, object]:
    return facts(*columns, by=colleague(f"{column}__name"))


# name, model, day, words, facts
SOURCES = (
    task("task", Task, "due_on", _("Task due"), by("assignee"), where=Q(status=TaskStatus.OPEN)),
    task("task-end", Task, "ended_at", ENDED, by("ended_by", "status"), moment="ended_at"),
    outside("disclosed", Disclosure, "confirmed_at", DISCLOSED, by("confirmed_by", "basis")),
    outside("disclosure-ended", Disclosure, "ended_at", _("Disclosure outside ended")),
    sealed("sealed", Seal, "sealed_at", _("Case sealed"), by("sealed_by"), moment="sealed_at"),
    sealed("unsealed", Seal, "opened_at", _("Sealed case opened again"), by("opened_by")),
    emergency("emergency", BreakGlass, "started_at", _("Opened in an emergency"), by("user")),
    emergency(
        "emergency-reviewed", BreakGlass, "reviewed_at", REVIEWED, by("reviewed_by", "finding")
    ),
)
