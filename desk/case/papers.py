"""Notes and documents on the page of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from accounts.permissions import Perm
from casework.models import Document, DocumentVersion, Note
from casework.paper_codes import WRONG
from casework.views.notes import shown_note
from core.access import IDENTITY

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Case

MOST_NOTES = 5


def papers(case: Case, user: User, seen: set[str]) -> dict[str, object]:
    """Both sections, as far as they are open to this reader."""
    parts = {"notes": _notes, "documents": _documents}
    return {name: part(case, user) if name in seen else None for name, part in parts.items()}


def _notes(case: Case, user: User) -> dict[str, object]:
    """The newest notes; of heavy ones only that they are there."""
    rows = case.rows(Note, user).select_related("written_by")
    found = list(rows.order_by("-happened_on", "-id")[: MOST_NOTES + 1])
    return {
        "notes": [shown_note(note) for note in found[:MOST_NOTES]],
        "more": len(found) > MOST_NOTES,
        "all_url": reverse("casework:notes", args=[case.pk]),
        "write_url": _link(case, user, Perm.NOTE_WRITE, "casework:write-note"),
    }


def _documents(case: Case, user: User) -> dict[str, object]:
    """Each by its code; how many versions, and what the last comparison found, for the team."""
    versions = DocumentVersion.objects.visible_to(user).filter(document=OuterRef("pk"))
    wrong = versions.filter(Q(file__finding__in=WRONG) | Q(original__finding__in=WRONG))
    mine = Q(versions__in=case.rows(DocumentVersion, user))
    rows = case.rows(Document, user)
    rows = rows.annotate(wrong=Exists(wrong), count=Count("versions", filter=mine))
    found = sorted(rows, key=lambda row: int(row.code.rpartition("-")[2]), reverse=True)
    return {
        "documents": [
            {
                "id": row.pk,
                "code": row.code,
                "kind": row.get_kind_display(),
                "day": row.received_on,
                "url": row.get_absolute_url(),
                "versions": row.count,
                "wrong": row.wrong,
            }
            for row in found
        ],
        "add_url": _link(case, user, Perm.DOCUMENT_RECEIVE, "casework:receive-document"),
        "court_url": _link(case, user, Perm.DOCUMENT_RECEIVE, "casework:court-bundle"),
    }


def _link(case: Case, user: User, verb: Perm, name: str) -> str:
    may = user.has_perm(verb) and user.scope.reaches(case, IDENTITY)
    return reverse(name, args=[case.pk]) if may else ""
