"""The OpenAPI document says what the code does: filters, keys, versions, refusals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from core.api.bulk import MOST
from core.api.document import (
    ID,
    REFUSALS,
    changes_of,
    features_of,
    page_of,
    results_of,
    shared,
)
from core.lists.filters import in_words

if TYPE_CHECKING:
    from rest_framework.fields import Field

    from core.access import ScopedQuerySet
    from core.lists.declared import List
    from core.lists.filters import Filter

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
CHANGED = "What changed in this list since a moment, in the order of its change, and what is gone."
MAPPED = "The list on a map (RFC 7946): each row at the outline of its place, and never closer."
GEOJSON = "application/geo+json"
SEVERAL = "Up to 100 in one call, each as if it were sent alone: a result for each, in its order."
STEPS = {"retrieve": "get", "partial_update": "update"}
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

    def get_operation_id(self) -> str:
        """The noun and what is done: `cases_list`, `cases_get`, `cases_move`."""
        words = [word.replace("-", "_") for word in self._tokenize_path()]
        at_noun = words[1:] == [] and self._step
        return "_".join([*words, STEPS.get(self._step, self._step)] if at_noun else words)

    def get_description(self) -> str:  # type: ignore[override]
        view: Any = self.view
        if getattr(view, "of_changes", False):
            return CHANGED
        if getattr(view, "of_map", False):
            return MAPPED
        text: str = super().get_description()
        return f"{text}\n\n{SEVERAL}" if getattr(view, "of_many", False) else text

    def get_summary(self) -> str:
        """The first sentence of the description."""
        first = " ".join(self.get_description().partition("\n\n")[0].split())
        return re.split(r"(?<=[.:;])\s", first)[0].rstrip(".:;")

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, object] | None:
        operation = super().get_operation(*args, **kwargs)
        if not operation:
            return operation
        entries = operation.pop("parameters", [])
        if parameters := [
            shared("parameters", "id") if _is_id(entry) else entry for entry in entries
        ] + [
            *(self._list_parameters() if hasattr(self.view, "listed") and self._is_paged else []),
            *(shared("parameters", name) for name in self._heads_sent()),
        ]:
            operation["parameters"] = parameters
        for answer in operation["responses"].values():
            answer["headers"] = {name: shared("headers", name) for name in self._heads_given()}
        if self._gives_tag:
            operation["responses"]["304"] = shared("responses", "NotModified")
        if getattr(self.view, "of_many", False):
            self._take_many(operation)
        for code in sorted(self._refusals()):
            operation["responses"].setdefault(code, shared("responses", REFUSALS[code][0]))
        return operation

    def _heads_sent(self) -> list[str]:
        """What is said of a call in its head."""
        if self._versioned:
            return ["If-Match"]
        if self._once:
            return ["Idempotency-Key"]
        return ["If-None-Match"] if self._gives_tag else []

    def _heads_given(self) -> list[str]:
        """What is said of an answer in its head, where it is no refusal."""
        makes = self._step == "create" and hasattr(self.view, "retrieve")
        heads = {
            "RateLimit": True,
            "RateLimit-Policy": True,
            "ETag": self._gives_tag or self._versioned,
            "Idempotency-Replayed": self._once,
            "Location": self._once and makes and not getattr(self.view, "of_many", False),
            "Link": self._is_paged and hasattr(self.view, "listed"),
        }
        return [name for name, is_given in heads.items() if is_given]

    @property
    def _versioned(self) -> bool:
        return self._step in getattr(self.view, "versioned", ())

    @property
    def _asking(self) -> bool:
        return self._step in getattr(self.view, "asking", ())

    @property
    def _once(self) -> bool:
        """Whether a call sent twice with one key is done once."""
        return self.method == "POST" and not self._versioned and not self._asking

    def _take_many(self, operation: Any) -> None:
        """A list of what the address of one takes; of each what became of it."""
        for content in operation["requestBody"]["content"].values():
            shape = content["schema"]
            content["schema"] = {"type": "array", "items": shape, "minItems": 1, "maxItems": MOST}
        answer = operation["responses"].pop("201")
        (content,) = answer["content"].values()
        content["schema"] = self._named("Results", content["schema"], results_of)
        operation["responses"]["207"] = answer

    def _named(self, what: str, row: Any, shape: Any) -> dict[str, str]:
        """A shape made of that of a row, under a name of its own: CasePage, CaseChanges."""
        schema, several = (row["items"], "List") if "items" in row else (row, "")
        name = schema["$ref"].rpartition("/")[2] + several + what
        made = ResolvedComponent(name, ResolvedComponent.SCHEMA, shape(row), name)
        self.registry.register_on_missing(made)
        return shared("schemas", name)

    def _refusals(self) -> tuple[str, ...]:
        if self.method == "GET":
            return READS if self._step in {"list", "retrieve"} else OPENS
        return WRITES if self._asking else CHANGES if self._versioned else CREATES

    def _list_parameters(self) -> list[OpenApiParameter]:
        view: Any = self.view
        listed: List[ScopedQuerySet] = view.listed
        order = _query("sort", {"type": "string", "enum": _orders(listed)}, ORDER)
        return [
            shared("parameters", "updated_since") if view.of_changes else order,
            shared("parameters", "cursor"),
            shared("parameters", "limit"),
            *(_filter(name, rule) for name, rule in listed.filters.items()),
        ]

    @property
    def _gives_tag(self) -> bool:
        """A single row of a table whose rows have versions."""
        rows: Any = getattr(getattr(self.view, "listed", None), "rows", None)
        return self._step == "retrieve" and hasattr(getattr(rows, "model", None), "version")

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
        schema = super()._map_serializer_field(field, direction, *args, **more)
        if isinstance(field, serializers.TimeField):
            del schema["format"]  # which wants seconds and a zone
            schema["pattern"] = HOUR
        return schema

    def _get_serializer_field_meta(self, field: Field, direction: str) -> dict[str, object]:
        """Labels and help of columns are for people: a document tells what a serializer says."""
        meta = super()._get_serializer_field_meta(field, direction)
        if field.field_name in getattr(field.parent, "_declared_fields", ()):
            return meta
        words = {meta.get("title"), meta.get("description")} - OLD_WORDS
        return {name: text for name, text in meta.items() if text not in words}

    def _get_paginator(self) -> Any:
        return None

    def _get_response_for_code(self, *args: object, **kwargs: object) -> dict[str, object]:
        response = super()._get_response_for_code(*args, **kwargs)
        if self._is_paged:
            maps, changes = (getattr(self.view, of, False) for of in ("of_map", "of_changes"))
            what = ("Page", page_of)
            if maps:
                what = ("Features", features_of)
                response["content"] = {GEOJSON: response["content"].popitem()[1]}
            elif changes:
                what = ("Changes", changes_of)
            for content in response.get("content", {}).values():
                content["schema"] = self._named(what[0], content["schema"]["items"], what[1])
        return response


def _may_be_absent(field: Field) -> bool:
    """Whether the column or related row that a field shows is one that need not be there."""
    shape = getattr(getattr(field.parent, "Meta", None), "model", None)
    column: Any = None
    for name in (field.source or "").split("."):
        known = {entry.name: entry for entry in shape._meta.get_fields()} if shape else {}
        column = known.get(name)
        shape = getattr(column, "related_model", None)
    return bool(column and column.null and not (column.one_to_many or column.many_to_many))


def _is_id(parameter: Any) -> bool:
    """Whether it is the id of the row at the address, which is said once."""
    return parameter["name"] == "id" and parameter["schema"].get("pattern") == f"^{ID}$"


def _orders(listed: List[ScopedQuerySet]) -> list[str]:
    return [way + name for name in listed.orders for way in ("", "-")]


def _query(name: str, schema: object, words: str) -> Any:
    description = {"description": words} if words else {}
    return {"in": "query", "name": name, "schema": schema} | description


def _filter(name: str, rule: Filter) -> Any:
    labels = list(rule.labels)
    codes = {"enum": [code for code, _label in labels]} if labels else {}
    return _query(name, {**rule.schema, **codes}, in_words(labels))


def coded(name: str, choices: Any, **more: Any) -> OpenApiParameter:
    """A parameter that takes codes of a list, told with what they mean."""
    labels = list(getattr(choices, "choices", choices))
    codes, words = [code for code, _label in labels], in_words(labels)
    return OpenApiParameter(name, str, enum=codes, description=words, **more)
