"""Who may write about a person, whatever the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from core.access import CONTENT
from victims.models import Involvement

if TYPE_CHECKING:
    from uuid import UUID

    from accounts.models import User


def require_person(victim: UUID, actor: User, level: int = CONTENT) -> None:
    """Whoever may write about the person in one of the person's cases may write who it is."""
    parts = Involvement.objects.visible_to(actor).filter(victim=victim)
    if not any(actor.scope.reaches(part.case, level) for part in parts.select_related("case")):
        raise PermissionDenied("person")
