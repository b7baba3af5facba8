"""The trail in words: what was done, to which kind of record, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.models import AuditKind
from desk.trail.deed_words import ACTIONS, RECORDS, SEEN
from victims.enums import NameReason

if TYPE_CHECKING:
    from core.models import AuditEvent


def deed(event: AuditEvent) -> str:
    """What was done, in a sentence without its subject."""
    if event.kind == AuditKind.DENIAL:
        if event.action == "key.elsewhere":
            return _("Used a key from an address that it is not for")
        asked = event.action.startswith("403")
        return (
            _("Asked for something the role may not do")
            if asked
            else _("Asked for something not open to them")
        )
    known = ACTIONS.get(event.action) or SEEN.get(event.action.rpartition(".")[2])
    return str(known or event.action)


def record_of(event: AuditEvent) -> str:
    return str(RECORDS.get(event.target_type, event.target_type))


def reason_of(event: AuditEvent) -> str:
    """Why, where a reason had to be chosen."""
    return str(dict(NameReason.choices).get(event.detail.get("reason", ""), ""))
