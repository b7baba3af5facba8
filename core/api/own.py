"""The document as it is served here: with what an organisation made itself.

`docs/openapi.json` holds none of it. An app that lets an organisation make something gives a pair:
what there is now, read for each request, and what puts it into the document.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import orjson

from core.api.document import Served, served

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Document = dict[str, Any]
    Now = tuple[Any, ...]  # hashable

additions: list[tuple[Callable[[], Now], Callable[[Document, Now], None]]] = []


def current() -> Served:
    """With all there is now. Its ETag is new when something is made, changed or ended."""
    made = tuple(now() for now, _add in additions)
    return _with(made) if any(made) else served()


@lru_cache(maxsize=2)
def _with(made: tuple[Now, ...]) -> Served:
    document: Document = orjson.loads(served().plain)
    for (_now, add), there in zip(additions, made, strict=True):
        add(document, there)
    return Served.of(orjson.dumps(document))
