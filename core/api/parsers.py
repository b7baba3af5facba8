"""JSON in, with limits on size and depth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from django.conf import settings
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import IO

MAX_DEPTH = 32


class TooLarge(APIException):
    status_code = 413
    default_code = "too_large"

    def __init__(self) -> None:
        super().__init__(f"At most {settings.DATA_UPLOAD_MAX_MEMORY_SIZE:,} bytes may be sent.")


class StrictJSONParser(BaseParser):
    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, object] | None = None,
    ) -> Any:
        body = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        if len(body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise TooLarge
        if not body:
            return {}
        try:
            data = orjson.loads(body)
        except orjson.JSONDecodeError as exc:
            raise ParseError(f"This is not JSON: line {exc.lineno}, column {exc.colno}.") from None
        many = getattr((parser_context or {}).get("view"), "of_many", False)
        if not isinstance(data, list if many else dict):
            raise ParseError("Send a list of JSON objects." if many else "Send a JSON object.")
        _check_depth(data)
        return data


def _check_depth(data: Any) -> None:
    layer = [data]
    for _depth in range(MAX_DEPTH):
        layer = [
            child
            for item in layer
            for child in (item.values() if isinstance(item, dict) else item)
            if isinstance(child, dict | list)
        ]
        if not layer:
            return
    raise ParseError(f"The JSON is nested more than {MAX_DEPTH} levels deep.")
