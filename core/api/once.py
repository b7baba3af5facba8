"""The first answer is kept under its Idempotency-Key, and given again while it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from core import idempotency
from core.refusals import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable


class AnswersOnce:
    """Of a view that has `row` and `sent`, of `TakesMany`."""

    request: Any
    action: Any
    kwargs: dict[str, Any]
    queryset: Any
    row: Any
    sent: Any

    def once(self, run: Callable[[], object], status: int = 201) -> Response:
        """Do it once per Idempotency-Key; the repeated send gets the first answer.

        A list has one key: its rows have none of their own.
        """
        if self.row is not None:
            return Response(run(), status)
        made = self.action == "create" and hasattr(self, "retrieve")
        key = self.request.headers.get("Idempotency-Key", "")
        if len(key) > idempotency.MAX_LENGTH or not key.isprintable():
            raise ValidationError({"Idempotency-Key": [_("At most 80 printable characters.")]})
        request: Any = self.request._request
        digest = idempotency.digest_of(
            request.method.encode(),
            request.path.encode(),
            orjson.dumps(self.sent(), option=orjson.OPT_SORT_KEYS),
        )
        answer = idempotency.once(
            request.user,
            key,
            digest,
            lambda: idempotency.Answer(status, run()),
            is_open=self.is_open,
        )
        response = Response(answer.content, status=answer.status)
        if made and isinstance(answer.content, dict) and "id" in answer.content:
            address = self.request.path + f"{answer.content['id']}/"
            response["Location"] = self.request.build_absolute_uri(address)
        if answer.replayed:
            response["Idempotency-Replayed"] = "true"
        return response

    def is_open(self, content: Any) -> bool:
        """Whether the rows that a kept answer tells of are open to the caller still.

        A verb on a row has found it before; what was made must be found again.
        """
        if "pk" in self.kwargs:
            return True
        if isinstance(content, dict):  # of one row, or of each of many what became of it
            content = [entry.get("row", {}) for entry in content.get("results", [])] or [content]
        made = {row["id"] for row in content if "id" in row}
        rows = self.queryset.model._default_manager.visible_to(self.request.user)
        return bool(rows.filter(pk__in=made).count() == len(made))
