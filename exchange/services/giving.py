"""Giving a file out to who asked for it, and what the job that writes it shares with the verbs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from accounts.permissions import Perm
from casework.models import Case
from core import audit
from core.access import CONTENT, EXISTS, IDENTITY, SEALED
from core.files.bucket_files import Away
from core.keys.crypto import Unreadable
from core.refusals import gettext as _
from core.services import Refused, service
from exchange.exports import files
from exchange.exports.models import Export, State
from exchange.exports.offer import NAMED, What
from exchange.exports.reach import of_case
from victims.enums import RecipientKind
from victims.models import Identity, Involvement
from victims.services.basis import LEAVES_FOR, Recipient, share, told_already, who_agreed

if TYPE_CHECKING:
    from django.db.models import Model

    from accounts.models import User
    from core.files.vault import Reader

MOST_ALONE = 50  # survivors by name that one person takes away in a day without a second one
MOST_TOLD = 500  # survivors of whom somebody outside is told by one file
OUTSIDE = [(kind.value, kind.label) for kind in LEAVES_FOR if kind != RecipientKind.PUBLIC]


@dataclass(frozen=True)
class Taken:
    """A file on its way to who asked for it."""

    text: Reader
    name: str
    size: int


@service(Perm.EXPORT_MAKE, fresh=True)
def take_export(export: Export, *, actor: User) -> Taken:
    """Give the file to who asked for it: three times within a day, while all of it is open."""
    current = require_mine(export, actor)
    if current.state != State.READY:
        raise Refused(_("There is no file to take: %(state)s.") % {"state": current.state.label})
    if not may_still(current, actor) or _closed_since(current, actor):
        raise Refused(_("You may no longer see some of this. Ask for the file again."))
    _tell_outside(current, actor)
    try:
        text = files.opened(current)
        text.read(1)  # its beginning opens, and belongs to this row
        text.seek(0)
    except Away:
        raise  # it may be asked for again
    except (OSError, Unreadable):
        raise Refused(_("The file cannot be read. Ask for it again.")) from None
    current.downloads += 1
    current.keep("downloads")
    audit.record("export.taken", current, actor=actor, number=current.downloads)
    return Taken(text, f"export-{str(current.pk)[:8]}.zip", current.size or 0)


def may_still(export: Export, reader: User) -> bool:
    """Whether this person may take such a thing away."""
    named = not export.identifiers or reader.has_perm(Perm.EXPORT_IDENTIFY)
    names = export.what not in (What.IDENTITIES, What.WORKBOOK) or (
        export.identifiers and reader.has_perm(Perm.IDENTITY_VIEW)
    )
    return bool(reader.has_perm(Perm.EXPORT_MAKE) and named and names)


def identified(export: Export, reader: User) -> int:
    """How many survivors it names."""
    if export.what not in NAMED or not export.identifiers:
        return 0
    rows = Identity.objects.visible_to(reader)
    return int((of_case(rows, export.of_case) if export.of_case else rows).count())


def note_given(export: Export, rows: list[Model], *, actor: User) -> None:
    """These rows were put into the file."""
    ids, keys = [row.pk for row in rows], audit.about(rows, actor)
    label, of = type(rows[0])._meta.label, str(export.pk)
    audit.read_rows("export.given", label, ids, actor=actor, shown=keys, export=of)


def note_written(export: Export, *, actor: User) -> None:
    """The file is there."""
    audit.record("export.written", export, actor=actor, rows=export.rows, sha256=export.sha256)


def require_mine(export: Export, actor: User) -> Export:
    """The export as it stands now, locked until the commit, for who asked for it."""
    current: Export = Export.objects.locked(export.pk)
    if current.asked_by_id != actor.pk:
        raise Refused(_("Only the person who asked for it can do this."))
    return current


def _closed_since(export: Export, actor: User) -> bool:
    """Whether a case in it is not open any more as deep as it was: sealed, moved, off the team."""
    closed = Q(pk=None)
    for level in (EXISTS, CONTENT, IDENTITY):
        mine = actor.scope.rows(level, case="pk", office="office")
        still = Case.objects.visible_to(actor).filter(mine).values("pk")
        closed |= Q(level=level) & ~Q(of_case__in=still)
    sealed = Case.objects.filter(level=SEALED).exclude(pk__in=export.sealed).values("pk")
    return bool(export.cases.filter(closed | Q(of_case__in=sealed)).exists())


def _tell_outside(export: Export, actor: User) -> None:
    """Each survivor in it agreed, to this day; and it is written down that somebody was told."""
    if not export.whom:
        return
    people = list(
        Involvement.objects.filter(pk__in=export.told).select_related("case__jurisdiction")
    )
    purpose, recipient = LEAVES_FOR[RecipientKind(export.whom)], Recipient(export.whom)
    agreed, left_out = who_agreed(people, purpose, recipient)
    if left_out or len(people) < len(export.told):
        raise Refused(_("Somebody in it no longer agrees. Ask for the file again."))
    ids = told_already(agreed, purpose, recipient)
    for person in agreed:
        if person.pk not in ids:
            share(person, purpose, recipient, actor=actor)
