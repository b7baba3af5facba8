"""Questions about documents: forbidden material somebody saw, files that are not sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import DateField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Perm
from casework.models import Document, DocumentVersion, Recognition
from casework.paper_codes import WRONG, RecognitionStatus
from casework.services.recognising import known_elsewhere
from core.access import IDENTITY
from desk.rules.fixed import EVIDENCE, LAW, SECOND_PERSON
from desk.rules.rule import Rule, Urgency, day_of

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet


def recognitions_to_confirm(_today: date) -> QuerySet[Recognition]:
    return Recognition.objects.filter(status=RecognitionStatus.SAID)


def copies_of_material(today: date) -> QuerySet[Document]:
    """Documents with a file whose bytes two persons recognised in another case, or that are on
    record there by their hash. Here nobody has said so yet."""
    files = DocumentVersion.objects.filter(document=OuterRef("pk"), pk__in=known_elsewhere())
    here = Recognition.objects.filter(document=OuterRef("pk"), status=RecognitionStatus.SAID)
    rows = Document.objects.filter(Exists(files), ~Exists(here))
    return rows.annotate(asked_on=Value(today, DateField()))


def differing(_today: date) -> QuerySet[DocumentVersion]:
    """The newest bytes of a document, where what lies on the disk is not what was received."""
    newer = DocumentVersion.objects.filter(
        document=OuterRef("document"), number__gt=OuterRef("number")
    )
    wrong = Q(file__finding__in=WRONG) | Q(original__finding__in=WRONG)
    rows = DocumentVersion.objects.filter(wrong, ~Exists(newer))
    compared = Coalesce("original__checked_at", "file__checked_at")
    return rows.annotate(found_at=Greatest("file__checked_at", compared))


RULES = (
    Rule(
        "recognition-asked",
        _("Decide whether a document is material of child abuse"),
        _("Decide"),
        "casework:document",
        Perm.DOCUMENT_DESTROY,
        recognitions_to_confirm,
        due=day_of("created_at"),
        ahead=None,
        urgency=Urgency.AT_ONCE,
        of="document",
        about=F("document__code"),
        level=IDENTITY,
        second="said_by",
        may_wait=False,
        after_closing=True,
        live="few, and read at another level",
        fixed=SECOND_PERSON,
    ),
    Rule(
        "material-known",
        _("A document is on record as material of child abuse: say so here, too"),
        _("See the document"),
        "casework:document",
        Perm.DOCUMENT_RECEIVE,
        copies_of_material,
        due=F("asked_on"),
        ahead=None,
        urgency=Urgency.AT_ONCE,
        about=F("code"),
        level=IDENTITY,
        after_closing=True,
        live="other cases decide",
        fixed=LAW,
    ),
    Rule(
        "file-differs",
        _("A stored file is not as it was received: ask for it again, or have it restored"),
        _("See the document"),
        "casework:document",
        Perm.DOCUMENT_RECEIVE,
        differing,
        due=day_of("found_at"),
        ahead=None,
        urgency=Urgency.AT_ONCE,
        of="document",
        about=F("document__code"),
        level=IDENTITY,
        after_closing=True,  # a court may ask for it
        live="files are checked beside cases",
        fixed=EVIDENCE,
    ),
)
