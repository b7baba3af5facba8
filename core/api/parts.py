"""The document of the API by tag: each part stands alone, and a page opens it in no time.

The whole is some megabytes, which a browser lays out for seconds; a part is what one noun needs.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

import orjson

from core.api.document import Served, served
from core.api.own import current


@cache
def tags() -> dict[str, str]:
    """What there is, by name, each with its sentence."""
    whole = _read(served())
    used = {tag for ways in whole["paths"].values() for way in ways.values() for tag in way["tags"]}
    words = {tag["name"]: tag["description"].replace("`", "") for tag in whole["tags"]}
    return {name: text for name, text in words.items() if name in used}


def part(tag: str) -> Served:
    """The operations of this tag, with all that they lead to."""
    return _part(tag, current())


@lru_cache(maxsize=200)
def _part(tag: str, of: Served) -> Served:
    whole = _read(of)
    paths = {path: kept for path, ways in whole["paths"].items() if (kept := _of(tag, ways))}
    components = whole["components"]
    needed: dict[str, Any] = {"securitySchemes": components["securitySchemes"]}
    for kind, name, value in _led_to(paths, components):
        needed.setdefault(kind, {})[name] = value
    words = [entry for entry in whole["tags"] if entry["name"] == tag]
    kept = whole | {"paths": paths, "components": needed, "tags": words}
    kept.pop("webhooks", None)
    return Served.of(orjson.dumps(kept))


def _read(whole: Served) -> dict[str, Any]:
    document: dict[str, Any] = orjson.loads(whole.plain)
    return document


def _of(tag: str, ways: dict[str, Any]) -> dict[str, Any]:
    return {method: way for method, way in ways.items() if tag in way["tags"]}


def _led_to(value: object, components: dict[str, Any]) -> list[tuple[str, str, Any]]:
    """What is named from here, by whatever way."""
    parts: dict[str, tuple[str, str, Any]] = {}
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            name = node.get("$ref")
            if isinstance(name, str) and name not in parts:
                kind, noun = name.split("/")[2:]
                parts[name] = (kind, noun, components[kind][noun])
                waiting.append(components[kind][noun])
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
    return list(parts.values())
