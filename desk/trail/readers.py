"""Who saw a record: every look, deed and refusal that names a case or a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.trail.events import EVENTS, choices_of, event_list
from desk.trail.filters import ReadersFilter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from casework.models import Case
    from core.trail import AuditQuerySet
    from victims.models import Involvement


def readers_of_case(
    case: Case, user: User, query: Mapping[str, str], path: str
) -> dict[str, object]:
    return _readers(EVENTS.reach(user).of_case(case), user, query, path)


def readers_of_person(
    person: Involvement, user: User, query: Mapping[str, str], path: str
) -> dict[str, object]:
    """In every case of the person that is open to the reader, whether by code or by name."""
    rows = EVENTS.reach(user).naming([person.pk, person.victim_id])
    return _readers(rows, user, query, path)


def _readers(
    rows: AuditQuerySet, user: User, query: Mapping[str, str], path: str
) -> dict[str, object]:
    seen_by = rows.order_by().values_list("actor_id", flat=True).distinct()
    form = ReadersFilter(query, user=user, people=choices_of(filter(None, seen_by)))
    return event_list(rows, form, query, path)
