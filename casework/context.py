"""What the frame of every page says while a case is open to its reader in an emergency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.permissions import Perm
from casework.models import BreakGlass

if TYPE_CHECKING:
    from django.http import HttpRequest


def emergency(request: HttpRequest) -> dict[str, object]:
    """The team of a case is shown to read only in an emergency, so most people cost no query."""
    user = request.user
    if not user.is_authenticated or not user.standing.shown.get(Perm.TEAM_VIEW):
        return {}
    rows = BreakGlass.objects.here(user).select_related("case")
    return {"emergency": rows.first()}
