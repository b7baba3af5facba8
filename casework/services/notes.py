"""What the team writes down, corrects and reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.columns import LONGEST_NOTE
from casework.models import Case, FormerNote, Note
from casework.services.cases import require_identity, require_past
from core import audit
from core.database.inserting import insert
from core.languages import spoken_by
from core.refusals import gettext as _
from core.services import Refused, amend, service
from core.verbs.arguments import Column

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from accounts.models import User

FACTS = ("kind", "happened_on", "heavy", "language", "text")


@dataclass(frozen=True)
class OpenedNote:
    """What a note says, and what it said before, the newest first."""

    note: Note
    former: list[FormerNote]

    @property
    def id(self) -> UUID:
        return self.note.pk

    @property
    def case(self) -> UUID:
        return self.note.case_id

    @property
    def language(self) -> str:
        return self.note.language

    @property
    def text(self) -> str:
        return str(self.note.text)


@service(Perm.NOTE_WRITE)
def write_note(
    case: Case,
    *,
    kind: str,
    happened_on: date,
    text: Annotated[str, Column(length=LONGEST_NOTE)],
    language: str = "",
    heavy: bool = False,
    actor: User,
) -> Note:
    """Write a note. Its language is that of its writer, unless another is said."""
    note = new_note(
        case,
        kind=kind,
        happened_on=happened_on,
        text=text,
        language=language,
        heavy=heavy,
        actor=actor,
    )
    note.save(force_insert=True)
    audit.record("note.written", note, actor=actor)
    return note


def new_note(
    case: Case,
    *,
    kind: str,
    happened_on: date,
    text: str,
    language: str = "",
    heavy: bool = False,
    actor: User,
) -> Note:
    """A note as the rules allow it, not kept yet."""
    write_note.check(actor)
    _check(case, happened_on, text, actor)
    return Note(
        case=case,
        kind=kind,
        happened_on=happened_on,
        text=text.strip(),
        language=language or spoken_by(actor),
        heavy=heavy,
        written_by=actor,
    )


def write_each(notes: list[Note], *, actor: User) -> None:
    """Keep those of a file, in sets."""
    insert(Note, notes)
    audit.record_each("note.written", notes, actor=actor)


@service(Perm.NOTE_WRITE, label=gettext_lazy("Correct a note"))
def correct_note(
    note: Note,
    *,
    version: int,
    kind: str,
    happened_on: date,
    text: Annotated[str, Column(length=LONGEST_NOTE)],
    language: str = "",
    heavy: bool = False,
    actor: User,
) -> Note:
    """Correct a note. The former text is kept, with who changed it and when. Raises `Stale`."""
    _check(note.case, happened_on, text, actor)
    before = Note.objects.select_for_update().get(pk=note.pk)
    now = {
        "kind": kind,
        "happened_on": happened_on,
        "heavy": heavy,
        "language": language or before.language,
        "text": text.strip(),
    }
    changed = [name for name in FACTS if getattr(before, name) != now[name]]
    facts = {name: getattr(before, name) for name in FACTS}
    corrected = amend(note, version, **now)
    if changed:
        FormerNote.objects.create(case=note.case, note=note, replaced_by=actor, **facts)
    audit.record("note.corrected", corrected, actor=actor, fields=changed)
    return corrected


@service(Perm.NOTE_VIEW)
def open_note(note: Note, *, actor: User) -> OpenedNote:
    """Show a note and what it said before. Looking is an act, so it leaves a mark."""
    rows = FormerNote.objects.visible_to(actor).filter(note=note).select_related("replaced_by")
    opened = OpenedNote(note, list(rows.order_by("-replaced_at", "-pk")))
    audit.read("note.opened", note, actor=actor, shown=[row.pk for row in opened.former])
    return opened


@service(Perm.NOTE_VIEW)
def read_notes(case: Case, *, notes: list[Note], actor: User) -> None:
    """Record that these notes of a case were shown in a list: of heavy ones that they are there."""
    audit.read("notes.read", case, actor=actor, shown=[note.pk for note in notes])


def _check(case: Case, happened_on: date, text: str, actor: User) -> None:
    require_identity(case, actor)
    require_past(case, happened_on)
    if not text.strip():
        raise Refused(_("Write the note."), "text")
