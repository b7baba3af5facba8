"""Every refusal as problem+json (RFC 9457): the field, the reason in words, and its code."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
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
Faults = Mapping[str, Iterable[str]]
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

# What a program goes by: the words may change and be translated, these stay. A rule that refuses
# has a code of its own (`core.refusals`), which stands in place of `refused` and `invalid`.
CODES = {
    "invalid": "fields need attention: `errors` says which and why, `codes` what of each",
    "parse-error": "the body cannot be read",
    "not-authenticated": "there is no key or session",
    "authentication-failed": "the key or session is not valid, or over",
    "permission-denied": "the role may not do this",
    "csrf": "a session without its CSRF token",
    "step-up": "wants a second factor shown a moment ago",
    "not-found": "not there, or not open to the caller",
    "method-not-allowed": "the address does not take this method",
    "refused": "the rules refuse this step now, and none of them has a code",
    "stale": "someone else changed the record in the meantime",
    "too-large": "the body is too large",
    "unsupported-media-type": "the body is of another kind than the address takes",
    "key-reused": "the Idempotency-Key was used with another body",
    "precondition-required": "If-Match is missing",
    "throttled": "too many calls; Retry-After says how long to wait",
    "unavailable": "not available for a moment; send again with the same key",
    "disk-full": "the server has no room; nothing was kept",
    "fault": "a fault of the server, which is noted",
}
# What DRF says of a field; the other codes of fields are those of rules.
OF_FIELDS = {
    "required": "it is missing",
    "null": "it may not be null",
    "blank": "it may not be empty",
    "empty": "the list, or the file, may not be empty",
    "invalid": "it has another form than the document says",
    "invalid-choice": "it is not one of the codes",
    "does-not-exist": "there is no such row, or it is not open to the caller",
    "not-a-list": "a list is expected",
    "not-a-dict": "an object is expected",
    "max-length": "it is too long",
    "min-length": "it is too short",
    "max-value": "it is too large",
    "min-value": "it is too small",
    "max-digits": "it has too many digits",
    "max-decimal-places": "it has too many digits after the point",
    "max-whole-digits": "it has too many digits before the point",
    "max-string-length": "the number has too many signs",
    "overflow": "the time is out of range",
    "make-aware": "there was no such time in this zone",
    "time-zone": "there is no such time zone",
    "unique": "there is one like this already",
    "date": "a time is expected, not a day",
    "datetime": "a day is expected, not a time",
    "null-characters-not-allowed": "it contains a null character",
    "surrogate-characters-not-allowed": "it contains half a character",
}


class PreconditionRequired(exceptions.APIException):
    status_code = 428
    default_code = "precondition_required"

    def __init__(self) -> None:
        super().__init__(_("Send If-Match with the version you read."))


def problem(
    status: int, detail: str, errors: Faults | None = None, *, code: str = ""
) -> dict[str, object]:
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code or getattr(detail, "code", "") or OF_STATUS.get(status, "refused"),
        "detail": detail,
        "request": str(request_id.get() or ""),
    }
    if not errors:
        return body
    codes = {field: [*map(_kebab, words)] for field, words in errors.items()}
    return body | {"errors": errors, "codes": codes}


def _kebab(words: str) -> str:
    """The code of what is wrong with a field: of a rule, or of DRF, which writes underscores."""
    return (getattr(words, "code", "") or "invalid").replace("_", "-")


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


def _describe(exc: Exception) -> tuple[int | None, str, Faults | None]:
    """Status, words and field errors for a refusal; no status for a fault of ours."""
    if disk.noted(exc):
        return 503, disk.words(), None
    if isinstance(exc, exceptions.ValidationError):
        return 400, _("Some fields need attention."), _flat(exc.detail)
    if isinstance(exc, Refused) and exc.field:
        return 400, exc.words, {exc.field: [exc.words]}
    if isinstance(exc, OperationalError | InterfaceError):
        log.exception("database not available")
    for kind, status, words in REFUSALS:
        if isinstance(exc, kind):
            return status, words(exc), None
    if isinstance(exc, exceptions.APIException):
        return exc.status_code, str(exc.detail), None
    return None, "", None


def _code(exc: Exception) -> str:
    """What `CODES` calls it, where neither its words nor the status say so."""
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
    (Refused, 409, lambda exc: exc.words),
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


def _flat(detail: Any, path: str = "") -> Faults:
    """{"people[0].sex": ["…"]}: one level, each field by its full name; words with their code."""
    items: Any
    if isinstance(detail, dict):
        items = detail.items()
    elif any(isinstance(item, dict | list) for item in detail):
        items = enumerate(detail)
    else:
        return {path or "body": [*detail]}
    faults: dict[str, Iterable[str]] = {}
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
