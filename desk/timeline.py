"""What happened in a case, newest first."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from casework.models import Case


def timeline(
    case: Case,
    rescues: list[dict[str, Any]],
    team: list[dict[str, Any]],
    events: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    """Everything that happened, newest first, each at the clock of its place."""
    entries = [
        {
            "moment": rescue["moment"],
            "when": rescue["when"],
            "title": _rescue_title(rescue["people"], rescue["arrests"]),
            "by": rescue["by"],
            "kind": "rescue",
            "text": rescue["place"],
        }
        for rescue in rescues
    ]
    entries += [
        {
            "moment": member["since"],
            "when": case.jurisdiction.clock(member["since"]),
            "title": _("Joined the team"),
            "by": member["name"],
            "kind": "case",
        }
        for member in team
    ]
    zone = ZoneInfo(case.jurisdiction.time_zone)
    opened = {"when": case.opened_on, "title": _("Case opened"), "kind": "case"}
    entries += [
        event | {"moment": datetime.combine(event["when"], time.min, zone)}
        for event in [opened, *events]
    ]
    return sorted(entries, key=lambda entry: entry["moment"], reverse=True)


def _rescue_title(people: int | None, arrests: int | None) -> str:
    """None: not open to the reader."""
    said = []
    if people is not None:
        out = ngettext("%(n)s person brought out", "%(n)s people brought out", people)
        said.append(out % {"n": people})
    if arrests is not None:
        said.append(ngettext("%(n)s arrest", "%(n)s arrests", arrests) % {"n": arrests})
    title = _("Rescue operation")
    return f"{title}: {', '.join(said)}" if said else title
