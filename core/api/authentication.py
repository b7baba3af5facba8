"""Who calls: decided by the middleware, so that pages and API agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from rest_framework.authentication import BaseAuthentication, CSRFCheck
from rest_framework.exceptions import PermissionDenied

if TYPE_CHECKING:
    from rest_framework.request import Request


class SignedInRequest(BaseAuthentication):
    """Take over the user of the request; a session needs its CSRF token, a key does not."""

    def authenticate(self, request: Request) -> tuple[object, object] | None:
        user = request._request.user
        if not user.is_authenticated:
            return None
        key = getattr(request._request, "api_key", None)
        if key is None:
            self._check_csrf(request)
        return user, key

    def _check_csrf(self, request: Request) -> None:
        check: Any = CSRFCheck(lambda _request: HttpResponse())
        check.process_request(request._request)
        if check.process_view(request._request, None, (), {}):
            raise PermissionDenied("The CSRF token is missing or wrong.", code="csrf")

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="casework"'
