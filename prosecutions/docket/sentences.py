"""What the docket says of a proceeding in which only the sentence is still to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.permissions import Perm
from prosecutions.docket.words import Ready, address, may

if TYPE_CHECKING:
    from uuid import UUID

    from accounts.models import User
    from prosecutions.models import Prosecution

    Row = dict[str, Any]


def with_sentence(row: Prosecution, judgment: UUID, line: Row, user: User) -> Row:
    """The row, saying that a sentence is awaited; with no day for it, that one may be recorded."""
    line = line | {"awaited": [_("Sentence awaited"), *line["awaited"]]}
    if line["day"]:
        return line
    url = address("record-sentence", judgment)
    record = {"label": _("Record the sentence"), "url": url, "records": False}
    return line | {
        "kind_label": _("Sentence"),
        "ready": Ready("info", _("Waits")),
        "do": record if may(user, row, Perm.SENTENCE_RECORD) else None,
    }
