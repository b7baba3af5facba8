"""Who changed a row of reference data, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.trail import changes_of_reference

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model

DEEDS = {
    "added": gettext_lazy("Added"),
    "registered": gettext_lazy("Added"),
    "opened": gettext_lazy("Opened"),
    "changed": gettext_lazy("Changed"),
    "emptied": gettext_lazy("Practice cases deleted"),
    "merged": gettext_lazy("Merged into another"),
    "reset": gettext_lazy("As shipped again"),
    "took_in": gettext_lazy("Another was merged into it"),
}


@dataclass(frozen=True)
class Line:
    at: datetime
    who: str
    what: str


def history_of(row: Model) -> list[Line]:
    """The last of them first. What came with the installation or a workbook has no line here."""
    changes = changes_of_reference(row.pk)
    people = get_user_model()._default_manager.in_bulk({change.actor_id for change in changes})
    return [
        Line(
            change.at,
            str(people.get(change.actor_id, "–")),
            _said(row, change.action, change.fields),
        )
        for change in changes
    ]


def _said(row: Model, action: str, fields: list[str]) -> str:
    """“Changed: name, in use”, by the words of the columns."""
    deed = action.rpartition(".")[2]
    words = str(DEEDS.get(deed, DEEDS["changed"]))
    names = [_called(row._meta.get_field(name)) for name in fields]
    if not names:
        return words
    return _("%(deed)s: %(fields)s") % {"deed": words, "fields": ", ".join(names)}


def _called(field: Any) -> str:
    """By its own words, or those of the table beside this one."""
    beside = field.related_model._meta if field.auto_created else field
    return str(beside.verbose_name)
