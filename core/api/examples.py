"""An example of what each operation takes and answers, as recorded from calls that succeeded.

`tests/api/test_examples.py` records them and holds them against the document.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import orjson

KEPT = Path(__file__).with_name("examples.json")
JSON = "application/json"


@cache
def kept() -> dict[str, Any]:
    """By operation, `request` and `response`, as far as they are JSON."""
    found: dict[str, Any] = orjson.loads(KEPT.read_bytes()) if KEPT.exists() else {}
    return found


def add_examples(result: Any, **_: Any) -> Any:
    """A spectacular hook: put them where the document has room for them."""
    for operations in result["paths"].values():
        for operation in operations.values():
            known = kept().get(operation["operationId"], {})
            if "request" in known:
                operation["requestBody"]["content"][JSON]["example"] = known["request"]
            if "response" in known:
                answer = operation["responses"][known["status"]]
                answer["content"][JSON]["example"] = known["response"]
    return result
