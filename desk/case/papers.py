"""Notes and documents on the page of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from casework.models import Document, DocumentVersion, Note
from casework.paper_codes import WRONG
from casework.verbs import Verbs
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
    notes = list(rows.order_by("-happened_on", "-id")[: MOST_NOTES + 1])
    return {
        "notes": [shown_note(note) for note in notes[:MOST_NOTES]],
        "more": len(notes) > MOST_NOTES,
        "all_url": reverse("casework:notes", args=[case.pk]),
        "verbs": _verbs(case, user)(case, "casework:write-note"),
    }


def _documents(case: Case, user: User) -> dict[str, object]:
    """Each by its code; how many versions, and what the last comparison found, for the team."""
    versions = DocumentVersion.objects.visible_to(user).filter(document=OuterRef("pk"))
    wrong = versions.filter(Q(file__finding__in=WRONG) | Q(original__finding__in=WRONG))
    mine = Q(versions__in=case.rows(DocumentVersion, user))
    rows = case.rows(Document, user)
    rows = rows.annotate(wrong=Exists(wrong), count=Count("versions", filter=mine))
    verbs = _verbs(case, user)
    documents = sorted(rows, key=lambda row: int(row.code.rpartition("-")[2]), reverse=True)
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
            for row in documents
        ],
        "verbs": verbs(case, "casework:receive-document"),
        "others": verbs(case, "casework:court-bundle"),
    }


def _verbs(case: Case, user: User) -> Verbs:
    return Verbs(case, user, writes=user.scope.reaches(case, IDENTITY))
