"""A stored document seen to be material of child abuse: closed at once, destroyed by two persons.

What stays is its SHA-256, through whose hands it went, and why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.notices import tell
from accounts.permissions import Perm
from casework.files.received import discard
from casework.models import CustodyEvent, Document, Recognition
from casework.paper_codes import CustodyStep, RecognitionStatus
from casework.services.cases import require_identity
from casework.services.opening import holding_on, require_reason
from core import audit
from core.refusals import gettext as _
from core.services import Refused, amend, service

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from accounts.models import User


@service(Perm.DOCUMENT_RECEIVE, label=gettext_lazy("This is material of child abuse"))
def recognise_material(
    document: Document, *, reason: str, versions: Collection[int] = (), actor: User
) -> Recognition:
    """Report a document as material of child abuse. From now on nobody can open it, not even
    you. When a second person agrees, all its files are destroyed; its SHA-256 and the record of
    its hand-overs stay.

    `versions`: the numbers of those that are; without, all that have a file.
    """
    require_identity(document.case, actor)
    require_reason(reason)
    row = Document.objects.select_for_update().get(pk=document.pk)
    if row.never_stored:
        raise Refused(
            _("It is on record as material of child abuse, and its file is no longer kept.")
        )
    if being_recognised(row):
        raise Refused(_("This was already reported. A second person decides."))
    recognition = Recognition.objects.create(
        case=row.case,
        document=row,
        reason=reason.strip(),
        digests=_digests(row, versions),
        said_by=actor,
    )
    others = holding_on(row.case, Perm.DOCUMENT_DESTROY).exclude(pk=actor.pk)
    tell(others, "document-closed", target=recognition)
    audit.record("document.recognised", recognition, actor=actor, document=str(row.pk))
    return recognition


@service(Perm.DOCUMENT_DESTROY, fresh=True)
def destroy_material(recognition: Recognition, *, actor: User) -> Recognition:
    """Agree, as a second person: the files it is about are destroyed. Other versions reopen."""
    document = _answerable(recognition, actor)
    done = _answer(recognition, RecognitionStatus.DESTROYED, actor)
    if not _left(document, done):
        CustodyEvent.objects.create(
            case=document.case,
            document=document,
            step=CustodyStep.DESTROYED,
            happened_on=document.case.jurisdiction.today,
            person=actor.name,
            remark=done.reason,
            recorded_by=actor,
        )
    with connection.cursor() as cursor:
        cursor.execute("select casework_destroy_material(%s)", [done.pk])
        files: list[UUID] = [name for (name,) in cursor.fetchall()]
    # Their keys went with their rows: what a crash leaves here is noise, which the sweep takes.
    transaction.on_commit(lambda: discard(files))
    audit.record(
        "document.destroyed", done, actor=actor, document=str(document.pk), files=len(files)
    )
    return done


@service(Perm.DOCUMENT_DESTROY)
def refuse_recognition(recognition: Recognition, *, actor: User) -> Recognition:
    """Say, as a second person, that it is not such material; it reopens."""
    document = _answerable(recognition, actor)
    done = _answer(recognition, RecognitionStatus.REFUSED, actor)
    audit.record("document.cleared", done, actor=actor, document=str(document.pk))
    return done


def _digests(document: Document, numbers: Collection[int]) -> list[str]:
    """Of what was received and of what is kept of it: a copy given out is known again, too."""
    rows = document.versions.filter(file__isnull=False)
    rows = rows.filter(number__in=list(numbers)) if numbers else rows
    chosen = list(rows.values_list("sha256", "file__sha256"))
    if len(chosen) < len(set(numbers)):
        raise Refused(_("There is no such version with a file."), "versions")
    return sorted({bytes(digest).hex() for pair in chosen for digest in pair})


def _left(document: Document, done: Recognition) -> bool:
    """Whether a file of the document stays: of a version it is not about."""
    rows = document.versions.filter(file__isnull=False).values_list("sha256", flat=True)
    return any(bytes(digest).hex() not in done.digests for digest in rows)


def being_recognised(document: Document) -> bool:
    """Somebody said so and nobody answered yet."""
    return bool(document.recognitions.filter(status=RecognitionStatus.SAID).exists())


def known_material(digest: bytes) -> bool:
    """Whether these bytes are on record as such material in any case; which one, nobody learns."""
    with connection.cursor() as cursor:
        cursor.execute("select casework_known_material(%s)", [digest])
        return bool(cursor.fetchone()[0])


def known_elsewhere() -> RawSQL:
    """The versions with a file whose bytes are on record as such material, as a sub-query.

    Numbers alone: the rows come through the walls of whoever asks, so that a case learns of its
    own documents and of no other case.
    """
    return RawSQL("select casework_known_elsewhere()", ())


def _answerable(recognition: Recognition, actor: User) -> Document:
    require_identity(recognition.case, actor)
    document: Document = Document.objects.select_for_update().get(pk=recognition.document_id)
    return document


def _answer(recognition: Recognition, status: str, actor: User) -> Recognition:
    """Under the lock of the document, so that no two decide at once."""
    if recognition.said_by_id == actor.pk:
        raise Refused(_("You reported this yourself. A second person must decide."))
    row = Recognition.objects.get(pk=recognition.pk)
    if row.status != RecognitionStatus.SAID:
        raise Refused(_("This has already been decided."))
    return amend(row, row.version, status=status, answered_by=actor, answered_at=timezone.now())
