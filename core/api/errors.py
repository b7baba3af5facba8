"""Every refusal as problem+json (RFC 9457), with the field and the reason in words."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse, JsonResponse
from django.template import loader
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response

from core.context import request_id
from core.files import bucket_files, disk
from core.files.bucket_files import Away
from core.idempotency import KeyReused
from core.services import Refused, Stale, StepUp

if TYPE_CHECKING:
    from django.http import HttpRequest

log = logging.getLogger("core.api")
CONTENT_TYPE = "application/problem+json"
OF_STATUS = {
    400: "invalid",
    401: "not-authenticated",
    403: "permission-denied",
    404: "not-found",
    405: "method-not-allowed",
    412: "stale",
    413: "too-large",
    415: "unsupported-media-type",
    422: "key-reused",
    428: "precondition-required",
    429: "throttled",
    500: "fault",
    503: "unavailable",
}


class PreconditionRequired(exceptions.APIException):
    status_code = 428
    default_code = "precondition_required"

    def __init__(self) -> None:
        super().__init__(_("Send If-Match with the version you read."))


def problem(
    status: int, detail: str, errors: object = None, *, code: str = ""
) -> dict[str, object]:
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code or OF_STATUS.get(status, "refused"),
        "detail": detail,
        "request": str(request_id.get() or ""),
    }
    return body | {"errors": errors} if errors else body


def not_found() -> str:
    return _("Not found, or not open to you. Ask your case manager.")


def not_available() -> str:
    return _("Not available for a moment. Try again with the same key.")


def answer(exc: Exception, context: Any) -> Response | None:
    """DRF's exception handler."""
    status, detail, errors = _describe(exc)
    if status is None:
        return None
    body = problem(status, detail, errors, code=_code(exc))
    if isinstance(exc, Stale) and hasattr(context.get("view"), "both"):
        body |= context["view"].both(exc)
    response = Response(body, status=status, content_type=CONTENT_TYPE)
    if isinstance(exc, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        response["WWW-Authenticate"] = 'Bearer realm="casework"'
    if status in {429, 503}:
        soon = disk.RETRY_AFTER if disk.is_full(exc) or isinstance(exc, Away) else 5
        response["Retry-After"] = str(int(getattr(exc, "wait", None) or soon))
    if isinstance(exc, Stale):
        response["ETag"] = f'"{exc.current.version}"'  # type: ignore[attr-defined]
    response.exception = True
    return response


def _describe(exc: Exception) -> tuple[int | None, str, object]:
    """Status, words and field errors for a refusal; no status for a fault of ours."""
    if disk.noted(exc):
        return 503, disk.words(), None
    if isinstance(exc, exceptions.ValidationError):
        return 400, _("Some fields need attention."), _flat(exc.detail)
    if isinstance(exc, Refused) and exc.field:
        return 400, str(exc), {exc.field: [str(exc)]}
    if isinstance(exc, OperationalError | InterfaceError):
        log.exception("database not available")
    for kind, status, words in REFUSALS:
        if isinstance(exc, kind):
            return status, words(exc), None
    if isinstance(exc, exceptions.APIException):
        return exc.status_code, str(exc.detail), None
    return None, "", None


def _code(exc: Exception) -> str:
    """What `document.CODES` calls it, where the status alone does not say so."""
    if disk.is_full(exc):
        return "disk-full"
    if isinstance(exc, StepUp):
        return "step-up"
    kind = isinstance(exc, exceptions.APIException) and exc.get_codes()
    return kind.replace("_", "-") if isinstance(kind, str) else ""


def _forbidden(exc: Exception) -> str:
    if isinstance(exc, StepUp):
        return str(exc)
    csrf = getattr(exc, "get_codes", str)() == "csrf"
    return str(exc) if csrf else _("Your role may not do this.")


REFUSALS: tuple[tuple[Any, int, Callable[[Any], str]], ...] = (
    (Http404 | exceptions.NotFound, 404, lambda _exc: not_found()),
    (PermissionDenied | exceptions.PermissionDenied, 403, _forbidden),
    (Refused, 409, str),
    (Stale, 412, str),
    (KeyReused, 422, lambda _exc: _("This Idempotency-Key was already used with another body.")),
    (RequestDataTooBig, 413, lambda _exc: _("The request is too large.")),
    (Away, 503, lambda _exc: bucket_files.words()),
    (
        OperationalError | InterfaceError,
        503,
        lambda _exc: not_available(),
    ),
)


def _flat(detail: Any, path: str = "") -> dict[str, list[str]]:
    """{"people[0].sex": ["…"]}: one level, each field by its full name."""
    items: Any
    if isinstance(detail, dict):
        items = detail.items()
    elif any(isinstance(item, dict | list) for item in detail):
        items = enumerate(detail)
    else:
        return {path or "body": [str(text) for text in detail]}
    faults: dict[str, list[str]] = {}
    for key, value in items:
        if value:
            faults |= _flat(value, _path(path, key))
    return faults


def _path(path: str, key: str | int) -> str:
    if key == "non_field_errors":
        return path
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if path else key


def page_or_problem(
    request: HttpRequest, status: int, template: str, detail: str = "", **context: object
) -> HttpResponse:
    """For Django's own error handlers: problem+json below /api/, a page elsewhere."""
    if request.path.startswith("/api/"):
        words = {404: not_found, 503: not_available}.get(status)
        detail = detail or (words() if words else HTTPStatus(status).phrase)
        return JsonResponse(problem(status, detail), status=status, content_type=CONTENT_TYPE)
    page = loader.get_template(template).render({"error_id": request_id.get(), **context})
    return HttpResponse(page, status=status)
