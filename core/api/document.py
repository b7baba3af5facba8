"""The OpenAPI document as a whole: what its operations share, their examples, how it is written.

`manage.py spectacular` makes `docs/openapi.json` of the code; that file is what is served.
Examples are recorded from calls that succeeded, by `tests/api/test_examples.py`.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import orjson
from django.conf import settings
from drf_spectacular.renderers import OpenApiJsonRenderer

from core.api.errors import CODES, OF_FIELDS
from core.api.sync import SCHEMA
from core.refusals import register

if TYPE_CHECKING:
    from collections.abc import Mapping

KEPT = settings.BASE_DIR / "docs" / "openapi.json"
RECORDED = settings.BASE_DIR / "docs" / "openapi-examples.json"
JSON = "application/json"
MEDIA_TYPE = OpenApiJsonRenderer.media_type
WIDTH = 100  # of a line, as of one of code
UNTIL, GONE = "2026-11-24T05:50:00Z", "0192f0a0-0000-7000-8000-00000000060e"  # of examples
SHAPE = {"type": "Polygon", "coordinates": [[[88, 22], [89, 22], [89, 23], [88, 22]]]}
ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


def _one_of(codes: Mapping[str, str], about: str) -> dict[str, str]:
    listed = "\n".join(f"* `{code}` - {words}" for code, words in codes.items())
    return {"type": "string", "description": f"{about} of a rule (`x-refusals`).\n{listed}"}


CODE = _one_of(CODES, "What was refused; or that")
OF_FIELD = _one_of(OF_FIELDS, "What is wrong; or the code")
FIELD_ERRORS = {
    "type": "object",
    "description": "What is wrong, by field.",
    "additionalProperties": {"type": "array", "items": {"type": "string"}},
}
FIELD_CODES = {
    "type": "object",
    "description": "The same for programs, in the order of `errors`.",
    "additionalProperties": {"type": "array", "items": OF_FIELD},
}


def shared(kind: str, name: str) -> dict[str, str]:
    """Where an operation says what is said once, in the components of the document."""
    return {"$ref": f"#/components/{kind}/{name}"}


FAULTS = {"errors": shared("schemas", "FieldErrors"), "codes": shared("schemas", "FieldCodes")}
PROBLEM: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": CODE,
        "detail": {"type": "string"},
        "request": {"type": "string"},
        **FAULTS,
    },
    "examples": [
        {
            "type": "about:blank",
            "title": "Bad Request",
            "status": 400,
            "code": "invalid",
            "detail": "Some fields need attention.",
            "request": "05f3271c-adef-4daf-9149-33c31eb3aa91",
            "errors": {"people[0].sex": ['"f" is not a valid choice.']},
            "codes": {"people[0].sex": ["invalid-choice"]},
        }
    ],
}
STRUCK = {
    "type": "object",
    "required": ["id", "gone"],
    "properties": {"id": {"type": "string", "format": "uuid"}, "gone": {"const": True}},
}
LINK = {"type": ["string", "null"], "format": "uri"}
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


def _object(required: str, **properties: object) -> dict[str, object]:
    return {"type": "object", "required": required.split(), "properties": properties}


def page_of(row: object) -> dict[str, object]:
    """One page of a list."""
    rows = {"type": "array", "items": row}
    return _object("next previous results", next=LINK, previous=LINK, results=rows)


def changes_of(row: object) -> dict[str, object]:
    """One page of what changed: rows, and the ids of those that are gone."""
    gone = {"type": "array", "items": {"type": "string", "format": "uuid"}}
    rows, until = {"type": "array", "items": row}, {"type": "string", "format": "date-time"}
    return _object("next until results gone", next=LINK, until=until, results=rows, gone=gone)


def features_of(row: object) -> dict[str, object]:
    """One page of a list on a map: a FeatureCollection of RFC 7946."""
    words, shape = {"type": "string"}, {"type": ["object", "null"], "additionalProperties": {}}
    known = {"type": {"const": "Feature"}, "id": words | {"format": "uuid"}, "geometry": shape}
    known |= {"outline_of": {"type": ["string", "null"]}, "properties": row}
    rows = {"type": "array", "items": _object("type id geometry outline_of properties", **known)}
    kind = {"const": "FeatureCollection"}
    return _object(
        "type next previous features", type=kind, next=LINK, previous=LINK, features=rows
    )


def results_of(row: object) -> dict[str, object]:
    """Of several: the row that was made, or why it was not."""
    words, number = {"type": "string"}, {"type": "integer"}
    entry = _object("status", status=number, row=row, code=words, detail=words, **FAULTS)
    return _object("results", results={"type": "array", "items": entry})


def _problem(code: str, words: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": shared("schemas", "Problem")}}
    wait = {"headers": {"Retry-After": shared("headers", "Retry-After")}}
    return {"description": words, "content": content} | (wait if code in {"429", "503"} else {})


def _path(name: str, schema: object) -> dict[str, Any]:
    return {"in": "path", "name": name, "required": True, "schema": schema}


def _query(name: str, schema: object, words: str) -> dict[str, Any]:
    return {"in": "query", "name": name, "schema": schema, "description": words}


def _header(name: str, schema: object, *, required: bool) -> dict[str, Any]:
    return {"in": "header", "name": name, "required": required, "schema": schema}


PARAMETERS = (
    _path("id", {"type": "string", "format": "uuid"}),
    _query("cursor", {"type": "string"}, "Where a page begins: part of `next`."),
    _query(
        "limit",
        {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
        "Rows of a page.",
    ),
    _query("updated_since", SCHEMA, "From when on; next time `until` of the first page.")
    | {"required": True},
    _header("If-Match", {"type": "string"}, required=True),
    _header("If-None-Match", {"type": "string"}, required=False),
    _header("Idempotency-Key", {"type": "string", "maxLength": 80}, required=False),
)
WORDS = {"type": "string"}
HEADERS = {
    "ETag": ("The version of the row, for If-Match and If-None-Match.", WORDS),
    "Idempotency-Replayed": ("The first answer to this key, again.", {"const": "true"}),
    "Link": ("The neighbouring pages, by `rel`.", WORDS),
    "Location": ("Where the new row is.", WORDS | {"format": "uri"}),
    "RateLimit": ("What is left: `r` calls, and in `t` seconds all of them.", WORDS),
    "RateLimit-Policy": ("How many calls, `q`, in how many seconds, `w`.", WORDS),
    "Retry-After": ("Seconds to wait.", {"type": "integer", "minimum": 0}),
}
UNCHANGED = {
    "description": "Nothing is new since this ETag.",
    "headers": {"ETag": shared("headers", "ETag")},
}
COMPONENTS: dict[str, dict[str, Any]] = {
    "schemas": {
        "Problem": PROBLEM,
        "FieldErrors": FIELD_ERRORS,
        "FieldCodes": FIELD_CODES,
        "Gone": STRUCK,
    },
    "headers": {
        name: {"description": words, "schema": schema} for name, (words, schema) in HEADERS.items()
    },
    "parameters": {parameter["name"]: parameter for parameter in PARAMETERS},
    "responses": {"NotModified": UNCHANGED}
    | {name: _problem(code, words) for code, (name, words) in REFUSALS.items()},
}


def complete(result: Any, **_: Any) -> Any:
    """A spectacular hook: what is shared, and the examples where there is room for them."""
    for kind, parts in COMPONENTS.items():
        result["components"].setdefault(kind, {}).update(parts)
    rules = {entry.code: entry.sentence for entry in register() if not entry.gone}
    result["components"]["x-refusals"] = rules
    recorded = examples()
    tags: dict[str, str] = {}
    for operations in result["paths"].values():
        for operation in operations.values():
            _add_examples(operation, recorded_of(operation["operationId"], recorded))
            for name in operation["tags"]:
                tags.setdefault(name, operation["summary"])
    tags["webhooks"] = "What is sent to the address of a program"
    result["tags"] = [{"name": name, "description": tags[name]} for name in sorted(tags)]
    return result


def recorded_of(name: str, recorded: Mapping[str, Any]) -> Mapping[str, Any]:
    """Of an address beside a list or a create the example is made of that of its neighbour."""
    noun, _, beside = name.rpartition("_")
    if beside == "changes" and f"{noun}_list" in recorded:
        page = recorded[f"{noun}_list"]["response"]
        answer = {"next": None, "until": UNTIL, "results": page["results"], "gone": [GONE]}
        return {"status": "200", "response": answer}
    if beside == "geojson" and f"{noun}_list" in recorded:
        (row, *_rest) = recorded[f"{noun}_list"]["response"]["results"]
        known = {"type": "Feature", "id": row["id"], "geometry": SHAPE, "outline_of": "IN-WB"}
        page = {"type": "FeatureCollection", "features": [known | {"properties": row}]}
        return {"status": "200", "response": {"next": None, "previous": None} | page}
    if beside == "bulk" and f"{noun}_create" in recorded:
        neighbour = recorded[f"{noun}_create"]
        answer = {"results": [{"status": 201, "row": neighbour["response"]}]}
        return {"status": "207", "request": [neighbour["request"]], "response": answer}
    return recorded.get(name, {})


@dataclass(frozen=True)
class Served:
    """The document as it is given out: plain, packed, and its ETag."""

    plain: bytes
    packed: bytes
    tag: str

    @classmethod
    def of(cls, plain: bytes) -> Served:
        tag = hashlib.blake2b(plain, digest_size=12).hexdigest()
        return cls(plain, gzip.compress(plain, mtime=0), f'"{tag}"')


@cache
def served() -> Served:
    return Served.of(KEPT.read_bytes())


def examples() -> dict[str, Any]:
    """By operation, `request` and `response`, as far as they are JSON."""
    by_operation: dict[str, Any] = orjson.loads(RECORDED.read_bytes())
    return by_operation


def _add_examples(operation: Any, recorded: Mapping[str, object]) -> None:
    if "request" in recorded:
        operation["requestBody"]["content"][JSON]["example"] = recorded["request"]
    if "response" in recorded:
        answer = operation["responses"][recorded["status"]]
        for kind, content in answer["content"].items():
            if kind.endswith("json"):  # a file, where the same is given as one, is no JSON
                content["example"] = recorded["response"]


def laid_out(value: object, before: str = "") -> str:
    """JSON in which everything that fits into a line stands in one, so that a difference shows
    what changed and little else."""
    text = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or len(before) + len(text) < WIDTH:
        return text
    inside = before + " "
    if isinstance(value, dict):
        parts = [f"{json.dumps(k)}: {laid_out(member, inside)}" for k, member in value.items()]
    else:
        parts = [laid_out(member, inside) for member in value]
    start, end = text[0], text[-1]
    return start + ",".join(f"\n{inside}{part}" for part in parts) + f"\n{before}{end}"


class Renderer(OpenApiJsonRenderer):
    """Writes the document as it is kept."""

    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        plain = json.loads(super().render(data, *args, **kwargs))
        return f"{laid_out(plain)}\n".encode()
