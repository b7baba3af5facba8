"""The OpenAPI document says what the code does: filters, keys, versions, refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from core.api.bulk import MOST, takes_many
from core.api.document import COMPONENTS, REFUSALS, shared
from core.filters import in_words

if TYPE_CHECKING:
    from rest_framework.fields import Field

    from core.access import ScopedQuerySet
    from core.filters import Filter
    from core.lists import List

HOUR = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
OLD_WORDS = {  # of columns; in the document since before all of them carried words
    "Active",
    "Done for money or other compensation",
    "Name from the IANA database. If empty: that of the place it is in.",
    "Produced to be shown online",
    "User name",
    "Whoever watched was not there in person",
}
ORDER = "The order; with - before it, the other way round."
READS = ("400", "401", "403", "404", "429", "503")
OPENS = (*READS, "409")  # a file or what is worked out, which the rules may keep back
WRITES = ("400", "401", "403", "404", "409", "413", "415", "429", "503")
CREATES = (*WRITES, "422")
CHANGES = (*WRITES, "412", "428")


class SignedIn(OpenApiAuthenticationExtension):
    """Two ways in: a key, or the session of a person in a browser."""

    target_class = "core.api.authentication.SignedInRequest"
    name = ["key", "session"]

    def get_security_requirement(self, auto_schema: object) -> Any:
        return [{name: []} for name in self.name]

    def get_security_definition(self, auto_schema: object) -> Any:
        return [
            {"type": "http", "scheme": "bearer"},
            {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME},
        ]


class Schema(AutoSchema):
    """One operation, with the conventions of `core.api` spelled out."""

    def get_override_parameters(self) -> list[Any]:
        return []

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, object] | None:
        operation = super().get_operation(*args, **kwargs)
        if not operation:
            return operation
        parameters = operation["parameters"] = [
            shared("parameters", "id") if one == COMPONENTS["parameters"]["id"] else one
            for one in operation.get("parameters", [])
        ]
        if self._is_paged and hasattr(self.view, "listed"):
            parameters += self._list_parameters()
        view: Any = self.view
        versioned = self._step in getattr(view, "versioned", ())
        asking = self._step in getattr(view, "asking", ())
        if versioned:
            parameters.append(shared("parameters", "If-Match"))
        elif self.method == "POST" and not asking:
            parameters.append(shared("parameters", "Idempotency-Key"))
        if not parameters:
            del operation["parameters"]
        if self.method == "POST" and takes_many(view):
            _offer_a_list(operation)
        for code in sorted(self._refusals(versioned, asking)):
            operation["responses"].setdefault(code, shared("responses", REFUSALS[code][0]))
        return operation

    def _refusals(self, versioned: bool, asking: bool) -> tuple[str, ...]:
        if self.method == "GET":
            return READS if self._step in {"list", "retrieve"} else OPENS
        return WRITES if asking else CHANGES if versioned else CREATES

    def _list_parameters(self) -> list[OpenApiParameter]:
        view: Any = self.view
        listed: List[ScopedQuerySet] = view.listed
        return [
            shared("parameters", "cursor"),
            shared("parameters", "limit"),
            _query("sort", {"type": "string", "enum": _orders(listed)}, ORDER),
            shared("parameters", "updated_since"),
            *(_filter(name, rule) for name, rule in listed.filters.items()),
        ]

    @property
    def _step(self) -> str:
        """What the view does when called so."""
        return getattr(self.view, "action", "")

    @property
    def _is_paged(self) -> bool:
        """A list has pages; a question that is answered by a list has none."""
        return self.method == "GET" and self._step == "list"

    def _map_serializer_field(
        self, field: Field, direction: str, *args: object, **more: Any
    ) -> dict[str, object]:
        """What may be absent from a row is shown as null; any JSON holds null already."""
        if isinstance(field, serializers.JSONField):
            field.allow_null = False
        elif direction == "response" and _may_be_absent(field):
            field.allow_null = True
        found = super()._map_serializer_field(field, direction, *args, **more)
        if isinstance(field, serializers.TimeField):
            del found["format"]  # which wants seconds and a zone
            found["pattern"] = HOUR
        return found

    def _get_serializer_field_meta(self, field: Field, direction: str) -> dict[str, object]:
        """Labels and help of columns are for people: a document tells what a serializer says."""
        meta = super()._get_serializer_field_meta(field, direction)
        if field.field_name in getattr(field.parent, "_declared_fields", ()):
            return meta
        words = {meta.get("title"), meta.get("description")} - OLD_WORDS
        return {name: told for name, told in meta.items() if told not in words}

    def _get_paginator(self) -> Any:
        return None

    def _get_response_for_code(self, *args: object, **kwargs: object) -> dict[str, object]:
        response = super()._get_response_for_code(*args, **kwargs)
        if self._is_paged:
            for content in response.get("content", {}).values():
                content["schema"] = _page(content["schema"], synced=hasattr(self.view, "listed"))
        return response


def _may_be_absent(field: Field) -> bool:
    """Whether the column or related row that a field shows is one that need not be there."""
    shape = getattr(getattr(field.parent, "Meta", None), "model", None)
    found: Any = None
    for name in (field.source or "").split("."):
        known = {one.name: one for one in shape._meta.get_fields()} if shape else {}
        found = known.get(name)
        shape = getattr(found, "related_model", None)
    return bool(found and found.null and not (found.one_to_many or found.many_to_many))


def _page(schema: Any, *, synced: bool) -> Any:
    link = {"type": ["string", "null"], "format": "uri"}
    fields = {"next": link, "previous": link, "results": schema}
    if synced:  # asked what changed, a list says what is gone, and from when on to ask next
        gone = shared("schemas", "Gone")
        rows = schema | {"items": {"anyOf": [schema["items"], gone]}}
        fields |= {"results": rows, "until": {"type": "string", "format": "date-time"}}
    return {"type": "object", "required": ["next", "previous", "results"], "properties": fields}


def _offer_a_list(operation: Any) -> None:
    """One row or a list of rows; of a list, a result for each."""
    for content in operation.get("requestBody", {}).get("content", {}).values():
        many = {"type": "array", "items": content["schema"], "minItems": 1, "maxItems": MOST}
        content["schema"] = {"oneOf": [content["schema"], many]}
    operation["responses"]["207"] = shared("responses", "Results")


def _orders(listed: List[ScopedQuerySet]) -> list[str]:
    return [way + name for name in listed.orders for way in ("", "-")]


def _query(name: str, schema: object, words: str) -> Any:
    said = {"description": words} if words else {}
    return {"in": "query", "name": name, "schema": schema} | said


def _filter(name: str, rule: Filter) -> Any:
    return _query(name, rule.schema, in_words(rule.labels))


def coded(name: str, choices: Any, **more: Any) -> OpenApiParameter:
    """A parameter that takes codes of a list, told with what they mean."""
    labels = list(getattr(choices, "choices", choices))
    codes, words = [code for code, _label in labels], in_words(labels)
    return OpenApiParameter(name, str, enum=codes, description=words, **more)
