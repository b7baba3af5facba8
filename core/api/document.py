"""The OpenAPI document as a whole: what its operations share, their examples, how it is written.

`manage.py spectacular` makes `docs/openapi.json` of the code; that file is what is served.
Examples are recorded from calls that succeeded, by `tests/api/test_examples.py`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import orjson
from django.conf import settings
from drf_spectacular.renderers import OpenApiJsonRenderer

from core.api.sync import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping

KEPT = settings.BASE_DIR / "docs" / "openapi.json"
RECORDED = settings.BASE_DIR / "docs" / "openapi-examples.json"
JSON = "application/json"
MEDIA_TYPE = OpenApiJsonRenderer.media_type
WIDTH = 100  # of a line, as of one of code
ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

PROBLEM: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "request": {"type": "string"},
        "errors": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
    "examples": [
        {
            "type": "about:blank",
            "title": "Bad Request",
            "status": 400,
            "detail": "Some fields need attention.",
            "request": "05f3271c-adef-4daf-9149-33c31eb3aa91",
            "errors": {"people[0].sex": ['"f" is not a valid choice.']},
        }
    ],
}
GONE = {
    "type": "object",
    "required": ["id", "gone"],
    "properties": {"id": {"type": "string", "format": "uuid"}, "gone": {"const": True}},
}
RESULTS = {
    "type": "object",
    "required": ["results"],
    "properties": {
        "results": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["status"],
                "properties": {
                    "status": {"type": "integer"},
                    "row": {"type": "object"},
                    "detail": {"type": "string"},
                    "errors": PROBLEM["properties"]["errors"],
                },
            },
        }
    },
}
REFUSALS = {
    "400": ("BadRequest", "Some fields need attention; `errors` names them."),
    "401": ("Unauthorized", "No valid key or session."),
    "403": ("Forbidden", "The role may not do this."),
    "404": ("NotFound", "Not found, or not open to the caller."),
    "409": ("Conflict", "A step the rules refuse now."),
    "412": ("PreconditionFailed", "Someone else changed the record in the meantime."),
    "413": ("TooLarge", "The request is too large."),
    "415": ("UnsupportedMediaType", "JSON is expected."),
    "422": ("KeyReused", "The Idempotency-Key was used with another body."),
    "428": ("PreconditionRequired", "If-Match is missing."),
    "429": ("TooManyRequests", "Too many calls; see Retry-After."),
    "503": ("Unavailable", "Not available for a moment; see Retry-After."),
}


def shared(kind: str, name: str) -> dict[str, str]:
    """Where an operation says what is said once, in the components of the document."""
    return {"$ref": f"#/components/{kind}/{name}"}


def _problem(code: str, words: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": shared("schemas", "Problem")}}
    wait = {"headers": {"Retry-After": shared("headers", "Retry-After")}}
    return {"description": words, "content": content} | (wait if code in {"429", "503"} else {})


def _path(name: str, pattern: str) -> dict[str, Any]:
    schema = {"type": "string", "pattern": f"^{pattern}$"}
    return {"in": "path", "name": name, "required": True, "schema": schema}


def _query(name: str, schema: object, words: str) -> dict[str, Any]:
    return {"in": "query", "name": name, "schema": schema, "description": words}


def _header(name: str, schema: object, *, required: bool) -> dict[str, Any]:
    return {"in": "header", "name": name, "required": required, "schema": schema}


PARAMETERS = (
    _path("id", ID),
    _query("cursor", {"type": "string"}, "Where a page begins: part of `next`."),
    _query(
        "limit",
        {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
        "Rows of a page.",
    ),
    _query("updated_since", SCHEMA, "Only what changed since, and what is gone."),
    _header("If-Match", {"type": "string"}, required=True),
    _header("Idempotency-Key", {"type": "string", "maxLength": 80}, required=False),
)
WAIT = {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 0}}
MADE = {
    "description": "Of a list: what became of each row, in its order.",
    "content": {JSON: {"schema": shared("schemas", "Results")}},
}
COMPONENTS: dict[str, dict[str, Any]] = {
    "schemas": {"Problem": PROBLEM, "Gone": GONE, "Results": RESULTS},
    "headers": {"Retry-After": WAIT},
    "parameters": {one["name"]: one for one in PARAMETERS},
    "responses": {"Results": MADE}
    | {name: _problem(code, words) for code, (name, words) in REFUSALS.items()},
}


def complete(result: Any, **_: Any) -> Any:
    """A spectacular hook: what is shared, and the examples where there is room for them."""
    for kind, parts in COMPONENTS.items():
        result["components"].setdefault(kind, {}).update(parts)
    recorded = examples()
    for operations in result["paths"].values():
        for operation in operations.values():
            _add_examples(operation, recorded.get(operation["operationId"], {}))
    return result


def examples() -> dict[str, Any]:
    """By operation, `request` and `response`, as far as they are JSON."""
    found: dict[str, Any] = orjson.loads(RECORDED.read_bytes())
    return found


def _add_examples(operation: Any, recorded: Mapping[str, object]) -> None:
    if "request" in recorded:
        operation["requestBody"]["content"][JSON]["example"] = recorded["request"]
    if "response" in recorded:
        answer = operation["responses"][recorded["status"]]
        answer["content"][JSON]["example"] = recorded["response"]


def laid_out(value: object, before: str = "") -> str:
    """JSON in which everything that fits into a line stands in one, so that a difference shows
    what changed and little else."""
    text = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or len(before) + len(text) < WIDTH:
        return text
    inside = before + " "
    if isinstance(value, dict):
        parts = [f"{json.dumps(k)}: {laid_out(one, inside)}" for k, one in value.items()]
    else:
        parts = [laid_out(one, inside) for one in value]
    start, end = text[0], text[-1]
    return start + ",".join(f"\n{inside}{part}" for part in parts) + f"\n{before}{end}"


class Renderer(OpenApiJsonRenderer):
    """Writes the document as it is kept."""

    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        plain = json.loads(super().render(data, *args, **kwargs))
        return f"{laid_out(plain)}\n".encode()
