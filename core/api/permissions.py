"""May this person call this? The verb's permission stands on the service or on the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework.permissions import IsAuthenticated

if TYPE_CHECKING:
    from rest_framework.request import Request


class MayCall(IsAuthenticated):
    def has_permission(self, request: Request, view: Any) -> bool:
        if not super().has_permission(request, view):
            return False
        permission = view.needs(request.method)
        return permission is None or request.user.has_perm(permission)
