"""What webhooks send, for the document of the API (`exchange/services/telling.py` makes it)."""

from __future__ import annotations

from typing import Any

from core.api.document import JSON, shared
from exchange.nouns import Noun

ID = {"type": "string", "format": "uuid"}
MESSAGE = {
    "type": "object",
    "description": "A row has changed: fetch it with your key. Ids alone, in a message that cannot"
    " be called back.",
    "required": ["type", "timestamp", "data"],
    "properties": {
        "type": {"type": "string", "examples": ["cases.changed"]},
        "timestamp": {"type": "string", "format": "date-time"},
        "data": {
            "type": "object",
            "required": ["id", "noun", "version"],
            "properties": {
                "id": ID,
                "noun": {"type": "string"},
                "version": {"type": "integer"},
                "case": ID,
            },
        },
    },
}
SIGNED = {
    "webhook-id": "The same for each try of one message.",
    "webhook-timestamp": "The second it was sent, since 1970.",
    "webhook-signature": "`v1,` and the HMAC-SHA256 of id, timestamp and body, by your secret;"
    " two of them, with a space between, while one secret replaces another.",
}


def describe(result: Any, **_: object) -> Any:
    """A hook of drf-spectacular: one message for each noun, signed as Standard Webhooks are."""
    result["components"]["schemas"]["Message"] = MESSAGE
    result["webhooks"] = {f"{noun}.changed": {"post": _operation(noun)} for noun in Noun}
    return result


def _operation(noun: Noun) -> dict[str, object]:
    words = {"type": "string"}
    return {
        "operationId": f"{noun.replace('-', '_')}_changed",
        "summary": f"A row of {noun} has changed",
        "description": "Answer within ten seconds; otherwise it comes again, for about two days.",
        "tags": ["webhooks"],
        "security": [],
        "parameters": [
            {"in": "header", "name": name, "required": True, "schema": words, "description": text}
            for name, text in SIGNED.items()
        ],
        "requestBody": {
            "required": True,
            "content": {JSON: {"schema": shared("schemas", "Message")}},
        },
        "responses": {"2XX": {"description": "Taken."}, "410": {"description": "Send no more."}},
    }
