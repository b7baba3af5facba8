"""One type for each value of the document: a code that may be empty is one list of codes, and a
text that may be empty one text. Where spectacular says “this or that”, a generated client would
have a union that its user must take apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

NOTHING = {"BlankEnum", "NullEnum"}
NULL = {"type": "null"}


def unite(result: Any, **_: object) -> Any:
    """A spectacular hook, after the one that gives lists of codes their names."""
    schemas = result["components"]["schemas"]
    _unite(result, schemas)
    used = set(_references(result))
    result["components"]["schemas"] = {
        name: schemas[name]
        for name in sorted(schemas)
        if name in used or not name.endswith("Enum")  # others are of the messages, added later
    }
    return result


def _references(node: Any) -> Iterator[str]:
    """The names that are referred to, wherever they are."""
    if isinstance(node, dict) and isinstance(node.get("$ref"), str):
        yield node["$ref"].rpartition("/")[2]
    for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _references(part)


def _unite(node: Any, schemas: dict[str, Any]) -> None:
    parts = list(node.values()) if isinstance(node, dict) else node
    if isinstance(node, dict) and "oneOf" in node:
        node |= _one_of(node.pop("oneOf"), schemas)
    for part in parts if isinstance(parts, list) else ():
        _unite(part, schemas)


def _one_of(parts: list[Any], schemas: dict[str, Any]) -> dict[str, Any]:
    if parts[1:] == [{"type": "string", "maxLength": 0}]:
        text = {name: value for name, value in parts[0].items() if name != "format"}
        if "pattern" in text:
            text["pattern"] = f"^({text['pattern'].removeprefix('^').removesuffix('$')})?$"
        return text
    names = [part.get("$ref", "").rpartition("/")[2] for part in parts]
    if not NOTHING & set(names):
        return {"oneOf": parts}
    codes = parts[0]
    if "BlankEnum" in names:
        codes = _or_none(names[0], schemas)
    return {"oneOf": [codes, NULL]} if "NullEnum" in names else codes


def _or_none(name: str, schemas: dict[str, Any]) -> dict[str, str]:
    """The same list of codes, or none of them."""
    wider = f"{name.removesuffix('Enum')}OrNoneEnum"
    schemas[wider] = schemas[name] | {"enum": [*schemas[name]["enum"], ""]}
    return {"$ref": f"#/components/schemas/{wider}"}
