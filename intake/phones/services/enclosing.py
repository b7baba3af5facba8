"""What a phone enclosed becomes documents of a rescue's case; what may not be kept is left out.

The rescue does not wait for its files. Material of child abuse is stored nowhere, so in no box
either: it is taken out before the box waits for anybody.
"""

from __future__ import annotations

from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, cast

from django.db import transaction

from accounts.notices import tell
from casework.files import NotTaken
from casework.files.kinds import PICTURES, type_of
from casework.paper_codes import DocumentKind
from casework.services.documents import receive_document
from casework.services.recognising import known_material
from core import audit
from intake.phones.content import entered, packed, seal_anew
from intake.phones.keys import OVERHEAD
from intake.phones.through import uploads

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model

    from accounts.models import User
    from casework.models import Case
    from casework.services.documents import Sent
    from intake.models import Box
    from intake.phones.content import Enclosed, Entered


def file_enclosed(
    box: Box, case: Case, *, enclosed: Sequence[Enclosed] | None = None, actor: User
) -> None:
    """As this person, received on the day it was written; each alone."""
    enclosed = entered(box).files if enclosed is None else enclosed
    day = case.jurisdiction.clock(box.happened_at).date()
    number = 0
    with uploads(enclosed) as files:
        for file in chain.from_iterable(several for _field, several in files.lists()):
            sent = cast("Sent", file)
            kind = DocumentKind.EVIDENCE_PHOTO if _is_picture(sent) else DocumentKind.OTHER
            try:
                with transaction.atomic():
                    receive_document(case, kind=kind, received_on=day, file=sent, actor=actor)
            except NotTaken:
                number += 1
    _leave_out(box, number, about=case, actor=actor)


def _is_picture(sent: Sent) -> bool:
    if sent.received is None:
        return False
    with sent.received.open() as text:
        return type_of(text, sent.received.size) in PICTURES


def take_out_known(box: Box, entry: Entered) -> None:
    """The box stays as long as it was: so it is known again where its phone sends it once more."""
    kept = [file for file in entry.files if not known_material(sha256(file.data).digest())]
    if number := len(entry.files) - len(kept):
        text = packed(dict(entry.fields.lists()), kept)
        seal_anew(box, text.ljust(box.size - OVERHEAD))
        box.keep("key_number", "size", "have")
        _leave_out(box, number, about=box, actor=box.phone.person)


def _leave_out(box: Box, number: int, *, about: Model, actor: User) -> None:
    if number:
        audit.record("box.files_left_out", box, actor=actor, number=number)
        tell({box.phone.person, actor}, "files-left-out", target=about)
