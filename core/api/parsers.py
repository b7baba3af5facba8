"""JSON in, with limits on size and depth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from django.conf import settings
from django.utils.translation import gettext as _
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
        most = {"most": f"{settings.DATA_UPLOAD_MAX_MEMORY_SIZE:,}"}
        super().__init__(_("At most %(most)s bytes may be sent.") % most)


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
            at = {"line": exc.lineno, "column": exc.colno}
            words = _("This is not JSON: line %(line)s, column %(column)s.")
            raise ParseError(words % at) from None
        many = getattr((parser_context or {}).get("view"), "of_many", False)
        if not isinstance(data, list if many else dict):
            words = _("Send a list of JSON objects.") if many else _("Send a JSON object.")
            raise ParseError(words)
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
    words = _("The JSON is nested more than %(most)s levels deep.")
    raise ParseError(words % {"most": MAX_DEPTH})
