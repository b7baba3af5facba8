"""Chosen documents for a court, in one file, with where each came from and whose hands it went
through.

A ZIP of the files as they are kept, and a manifest twice: for programs, and to be read. It says of
each file its SHA-256 as it is in the bundle and as it was received. Sealed originals are never in
it. That it was given, for whom, and the SHA-256 of its manifest stand in the history. It speaks the
language of the court, whatever its maker reads.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import orjson
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import Perm
from casework.files.received import Received
from casework.models import Case, CustodyEvent, Document, DocumentVersion
from casework.services.documents import Opened, given_out, open_version
from core import audit, refusals
from core.files.vault import parts
from core.models import AuditEvent
from core.refusals import Words
from core.services import Refused, service
from core.verbs.arguments import Column
from places.models import Agency

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    Spoken = Callable[[], AbstractContextManager[Any]]  # within it, words are the court's

MOST = 100
GIVEN = "document.bundled"
OPENINGS = {
    "document.opened": gettext_lazy("Opened by"),
    "document.original": gettext_lazy("Original opened by"),
    GIVEN: gettext_lazy("Given out in a bundle by"),
}


Chosen = Annotated[Sequence[Document], Column(label=gettext_lazy("Documents"), length=MOST)]
ForWhom = Annotated[
    str,
    Column(
        length=200,
        label=gettext_lazy("For whom"),
        help=gettext_lazy("Which court or office, and its number. Leave names out."),
    ),
]
Institution = Annotated[
    Agency | None,
    Column(
        label=gettext_lazy("Agency"),
        help=gettext_lazy("Photos of a survivor need consent for this recipient."),
    ),
]


Language = Annotated[
    str, Column(codes=settings.LANGUAGES, label=gettext_lazy("Language of the court"))
]


class _Into(io.RawIOBase):
    """What is written here lies encrypted at once."""

    def __init__(self, received: Received) -> None:
        self.received = received

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.received.write(bytes(data))
        return len(data)


@service(Perm.DOCUMENT_RECEIVE, label=gettext_lazy("Documents for a court"))
def bundle_for_court(
    case: Case,
    *,
    documents: Chosen,
    to: ForWhom,
    agency: Institution = None,
    language: Language = "en",
    actor: User,
) -> Opened:
    """Put the documents you choose into one file for a court, with the hash of each and a
    record of whose hands it went through. If a part must be covered, black it out first and
    choose the copy instead. This is recorded."""
    if not documents:
        raise Refused(refusals.gettext("Choose at least one document."), "documents")
    if any(paper.case_id != case.pk for paper in documents):
        raise Refused(refusals.gettext("This belongs to another case."), "documents")
    if not to.strip():
        raise Refused(refusals.gettext("Say who it is for."), "to")
    for document in documents:
        for may_be_given in given_out:
            may_be_given(document, agency=agency, actor=actor)
    received = Received()
    try:
        spoken = partial(translation.override, language)
        manifest = _write(received, case, documents, to.strip(), actor, spoken)
        received.finish()
        text = received.open()
    finally:
        received.close()  # its bytes stay as long as they are read
    audit.read(
        GIVEN,
        case,
        actor=actor,
        shown=[paper.pk for paper in documents],
        to=to.strip(),
        language=language,
        manifest=hashlib.sha256(manifest).hexdigest(),
    )
    return Opened(text, f"{case.reference.replace('/', '-')}-court.zip", received.size)


def _write(
    received: Received,
    case: Case,
    documents: Sequence[Document],
    to: str,
    actor: User,
    spoken: Spoken,
) -> bytes:
    into: Any = _Into(received)
    with zipfile.ZipFile(into, "w") as archive:
        facts = {
            "case": case.reference,
            "to": to,
            "made_at": timezone.now().isoformat(timespec="seconds"),
            "made_by": actor.name,
            "documents": [_document(archive, document, actor, spoken) for document in documents],
        }
        manifest = orjson.dumps(facts, option=orjson.OPT_INDENT_2)
        archive.writestr("manifest.json", manifest)
        digest = hashlib.sha256(manifest).hexdigest()
        with spoken():
            page = render_to_string("casework/manifest.html", {"manifest": facts, "digest": digest})
        archive.writestr("manifest.html", page)
    return manifest


def _document(
    archive: zipfile.ZipFile, document: Document, actor: User, spoken: Spoken
) -> dict[str, object]:
    """A refusal on the way is for the actor, in their own language."""
    rows = DocumentVersion.objects.visible_to(actor).filter(document=document)
    beside = ("document", "file", "original", "case", "received_by")
    versions = list(rows.select_related(*beside).order_by("number"))
    kept = [_version(archive, version, actor, spoken) for version in versions]
    with spoken():
        return {
            "code": document.code,
            "kind": str(document.get_kind_display()),
            "received_on": document.received_on.isoformat(),
            "redacted_copy_of": document.redacts,
            "follows": document.follows,
            "versions": kept,
            "custody": sorted(_custody(document, versions, actor), key=lambda event: event["when"]),
        }


def _version(
    archive: zipfile.ZipFile, version: DocumentVersion, actor: User, spoken: Spoken
) -> dict[str, Any]:
    facts: dict[str, Any] = {"number": version.number, "sha256_as_received": version.digest}
    if version.file is None:
        with spoken():
            return facts | {"file": "", "why_no_file": _("Only its SHA-256 is on record.")}
    try:
        opened = open_version(version, actor=actor)
    except Refused as refusal:
        code = version.document.code
        raise Refused(Words(f"{code}: {refusal}", refusal.words.code), "documents") from refusal
    name = f"{version.document.code}-{version.number}{_ending(opened.name)}"
    digest = hashlib.sha256()
    with (
        opened.text as text,
        archive.open(zipfile.ZipInfo(name, _now()), "w", force_zip64=True) as out,
    ):
        for part in parts(text):
            digest.update(part)
            out.write(part)
    return facts | {
        "file": name,
        "sha256": digest.hexdigest(),
        "size": opened.size,
        "pixels_alone": version.repainted,
    }


def _ending(name: str) -> str:
    _stem, dot, ending = name.rpartition(".")
    return f".{ending}" if dot and ending.isalnum() and ending.isascii() else ""


def _now() -> Any:
    return timezone.now().timetuple()[:6]


def _custody(
    document: Document, versions: Sequence[DocumentVersion], actor: User
) -> Iterator[dict[str, str]]:
    """What was recorded of its way, and what the history says of the copies kept here."""
    for version in versions:
        what = _("Version %(n)s received by") % {"n": version.number}
        yield _event(version.received_at, what, version.received_by.name)
    hands = CustodyEvent.objects.visible_to(actor).filter(document=document)
    for event in hands.select_related("agency", "recorded_by"):
        who = ", ".join(str(party) for party in (event.agency, event.person) if party)
        words = _("%(who)s (recorded by %(by)s)") % {"who": who, "by": event.recorded_by.name}
        yield _event(event.happened_on, str(event.get_step_display()), words)
    events = AuditEvent.objects.naming([document.pk]).filter(action__in=OPENINGS)
    rows = list(events.values_list("at", "action", "actor_id"))
    names = dict(User.objects.filter(pk__in={pk for *_, pk in rows}).values_list("pk", "name"))
    for at, action, pk in rows:
        yield _event(at, str(OPENINGS[action]), names.get(pk, _("Somebody")))


def _event(when: Any, what: str, who: str) -> dict[str, str]:
    return {"when": when.isoformat(), "what": what, "who": who}
