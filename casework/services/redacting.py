"""Copies of documents with areas painted black. The document stays as it came."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Annotated, Any

from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.files.received import Received
from casework.files.redacting import NotShown, Page, copy_of, page_of
from casework.models import Document, DocumentVersion
from casework.paper_codes import FileType
from casework.services.cases import require_identity
from casework.services.documents import open_version
from casework.services.numbers import next_code
from core import audit
from core.days import clock
from core.refusals import gettext as _
from core.services import Refused, service
from core.verbs.arguments import Column

if TYPE_CHECKING:
    from accounts.models import User
    from casework.files.redacting import Areas

PARTS, MOST_AREAS = 1000, 500


Lines = Annotated[
    str,
    Column(
        length=20_000,
        label=gettext_lazy("Areas to paint black"),
        help=gettext_lazy(
            "One line for each area: page, left, top, right, bottom, in thousandths of the page."
            " If you draw on the picture, the lines are filled in."
        ),
    ),
]


@service(Perm.DOCUMENT_RECEIVE, label=gettext_lazy("Paint areas black"))
def redact_version(
    of: DocumentVersion,
    *,
    areas: Lines,
    actor: User,
) -> Document:
    """Paint areas black that a court must not see. This makes a copy of pixels only, as a new
    document; this one does not change.

    The copy is made of pixels alone: what was below an area is nowhere in it, nor is any text.
    The document itself stays as it came.
    """
    require_identity(of.case, actor)
    black = _areas_of(areas)
    kind, content = _opened(of, lambda text, kind: copy_of(text, kind, black), actor)
    name = FileType.PDF if kind == FileType.PDF else FileType.PNG
    received = Received.of([content])
    document = of.document
    copy = Document.objects.create(
        case=of.case,
        code=next_code(Document, "D", of.case),
        kind=document.kind,
        received_on=clock.today(),
        redacts=document.code,
        added_by=actor,
    )
    DocumentVersion.objects.create(
        case=of.case,
        document=copy,
        number=1,
        received_by=actor,
        sha256=received.digest,
        size=received.size,
        type=name,
        name=f"{document.code}-redacted.{name}",
        file=received.keep([]),
    )
    audit.record("document.redacted", copy, actor=actor, of=str(document.pk))
    return copy


@service(Perm.DOCUMENT_OPEN)
def show_page(version: DocumentVersion, *, page: int, actor: User) -> Page:
    """One page as a picture, to choose areas on. It is recorded like opening the file."""
    if page < 1:
        raise Refused(_("There is no such page."), "page")
    _kind, picture = _opened(version, lambda text, kind: page_of(text, kind, page, {}), actor)
    return picture


def _opened(version: DocumentVersion, made: Any, actor: User) -> tuple[str, Any]:
    opened = open_version(version, actor=actor)
    with opened.text as text:
        kind = _kind(version, opened.name)
        try:
            return kind, made(text, kind)
        except NotShown:
            words = _(
                "This cannot be shown page by page. It is not a PDF or picture, or it is locked,"
                " damaged or too large. Print it to a PDF and add that as a document."
            )
            raise Refused(words) from None


def _kind(version: DocumentVersion, name: str) -> str:
    """A picture that was painted anew is a JPEG or a PNG, whatever came in."""
    ending = name.rpartition(".")[2].lower()
    return {"jpg": FileType.JPEG, "png": FileType.PNG}.get(ending, version.type)


def _areas_of(lines: str) -> Areas:
    """By page; raises `Refused` with the line that cannot be read."""
    black: dict[int, list[tuple[int, int, int, int]]] = defaultdict(list)
    rows = [line for line in lines.splitlines() if line.strip()]
    for line in rows:
        numbers = line.replace(",", " ").split()
        if len(numbers) != 5 or not all(
            number.isascii() and number.isdigit() for number in numbers
        ):
            raise Refused(_("Write five numbers in each line: %(line)s") % _said(line), "areas")
        page, left, top, right, bottom = (int(number[:6]) for number in numbers)
        if page < 1 or not (left < right <= PARTS and top < bottom <= PARTS):
            raise Refused(_("This is not an area of a page: %(line)s") % _said(line), "areas")
        black[page].append((left, top, right, bottom))
    if not rows or len(rows) > MOST_AREAS:
        raise Refused(_("Mark at least one and at most %(n)s areas.") % {"n": MOST_AREAS}, "areas")
    return black


def _said(line: str) -> dict[str, str]:
    return {"line": line.strip()[:60]}
