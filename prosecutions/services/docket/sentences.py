"""What the docket says of a proceeding in which only the sentence is still to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Perm
from core.access import CONTENT
from prosecutions.services.docket.asking import Group

if TYPE_CHECKING:
    from accounts.models import User

    Row = dict[str, Any]


def with_sentence(row: Any, shown: Row, actor: User) -> Row:
    """The row of a proceeding; where a sentence is awaited that is said, and no date is missing."""
    if not row.sentence_of:
        return shown
    shown = shown | {"awaited": [_("Sentence awaited"), *shown["awaited"]]}
    if shown["group"] != Group.NO_DATE:
        return shown
    may = actor.has_perm(Perm.SENTENCE_RECORD) and actor.scope.reaches(row.case, CONTENT)
    url = reverse("prosecutions:record-sentence", args=[row.sentence_of])
    return shown | {
        "group": Group.WAITING,
        "late": False,
        "kind_label": _("Sentence"),
        "ready": type(shown["ready"])("info", _("Waits")),
        "do": {"label": _("Record the sentence"), "url": url, "records": False} if may else None,
    }
