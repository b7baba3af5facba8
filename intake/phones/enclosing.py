"""What is enclosed in the report of a rescue becomes documents of its case."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

from casework.files.kinds import PICTURES, type_of
from casework.paper_codes import DocumentKind
from casework.services.documents import receive_document
from intake.phones.content import entered
from intake.phones.through import uploads

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Case
    from casework.services.documents import Sent
    from intake.models import Box


def file_enclosed(box: Box, case: Case, *, actor: User) -> None:
    """As this person, received on the day it was written."""
    enclosed = entered(box).files
    day = case.jurisdiction.clock(box.happened_at).date()
    with uploads(enclosed) as files:
        for part, file in zip(enclosed, files.getlist("file"), strict=True):
            data: Any = BytesIO(part.data)
            is_picture = type_of(data, len(part.data)) in PICTURES
            kind = DocumentKind.EVIDENCE_PHOTO if is_picture else DocumentKind.OTHER
            sent = cast("Sent", file)
            receive_document(case, kind=kind, received_on=day, file=sent, actor=actor)
