"""Notes of a case: written, corrected, and read on opening."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from casework.forms.papers import NoteForm
from casework.lists import NOTE_TABLE, NOTES
from casework.models import Case, Note
from casework.models.records import ITS_CASE
from casework.services.notes import correct_note, open_note, read_notes, write_note
from casework.views.cases import RecordVerb
from core.languages import spoken_by
from core.lists.pages import ListPage
from core.lists.pagination import BadPage
from core.web import Page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


def shown_note(note: Note) -> dict[str, object]:
    """A note as it stands in a list: without its text, where that is heavy."""
    return {
        "id": note.pk,
        "kind": note.get_kind_display(),
        "day": note.happened_on,
        "heavy": note.heavy,
        "text": "" if note.heavy else note.text,
        "language": note.language,
        "by": note.written_by.name,
        "corrected": note.version > 1,
        "url": reverse("casework:note", args=[note.pk]),
        "correct_url": reverse("casework:correct-note", args=[note.pk]),
    }


class WriteNote(RecordVerb):
    service, form_class, part = write_note, NoteForm, "notes"
    title = gettext_lazy("Write a note")
    intro = gettext_lazy("A note can be corrected later; it is never deleted.")

    def get_initial(self) -> dict[str, object]:
        return {"happened_on": self.case.jurisdiction.today, "language": spoken_by(self.actor)}


class CorrectNote(RecordVerb):
    model, beside = Note, ITS_CASE
    service, form_class, part = correct_note, NoteForm, "notes"

    def get_initial(self) -> dict[str, object]:
        return {name: getattr(self.target, name) for name in NoteForm.base_fields}


class ReadNote(Page):
    """One note with what it said before: fetched only on opening, and recorded."""

    model, service = Note, open_note

    def rows(self) -> Any:
        return super().rows().select_related("case", "written_by")

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        opened = open_note(self.target, actor=self.actor)
        fragment = request.headers.get("X-Fragment") == "1"
        template = "casework/note_fragment.html" if fragment else "casework/note.html"
        context = {"note": opened.note, "former": opened.former, "case": self.target.case}
        return render(request, template, context)


class Notes(Page):
    """Every note of a case, the newest first unless asked otherwise."""

    model, service = Case, read_notes

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        rows = NOTES.reach(self.actor).filter(case=self.target)
        asked, path = request.GET.dict(), request.path
        try:
            page = ListPage(NOTE_TABLE, rows, asked, path, reader=self.actor)
        except BadPage:  # an old or mistyped link: show the first page rather than an error
            page = ListPage(NOTE_TABLE, rows, {}, path, reader=self.actor)
        read_notes(self.target, notes=page.rows, actor=self.actor)
        may_write = self.actor.has_perm(write_note.permission)
        return render(
            request,
            "casework/notes.html",
            {
                "case": self.target,
                "notes": [shown_note(note) for note in page.rows],
                "list": page,
                "write_url": reverse("casework:write-note", args=[pk]) if may_write else "",
            },
        )
