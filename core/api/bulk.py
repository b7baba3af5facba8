"""Many rows in one call, at `bulk/` beside the address of one: a result for each, in its order.

Each row goes the way it would go alone: same shape, same verb, same refusals. A row that is
refused leaves nothing; the others stand. Where all are refused, so is the call.

It is the `create` of the same view, so there is no second permission and no second shape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from rest_framework.exceptions import APIException, ErrorDetail, ValidationError
from rest_framework.response import Response

from core import audit
from core.api import errors
from core.refusals import gettext as _
from core.services import Refused, Stale, StepUp

if TYPE_CHECKING:
    from rest_framework.request import Request

MOST = 100
TOLD = ("code", "detail", "errors", "codes")  # of a row that is refused
REFUSALS = (APIException, Http404, PermissionDenied, Refused, Stale)


class TakesMany:
    """`create` of a viewset, also for a list of rows."""

    takes_many: ClassVar[bool] = True
    of_many: bool = False  # what `core.api.routers` says of the address
    row: Any = None  # the one of a list that is under way
    if TYPE_CHECKING:  # of the viewset
        request: Any

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        if self.of_many:
            self.post = self.create_many

    def create_many(self, request: Any) -> Response:
        """Every row of the list, with what became of it."""
        rows = request.data
        if not 1 <= len(rows) <= MOST:
            raise ValidationError(_("Send from 1 to %(most)s rows.") % {"most": MOST})
        if odd := [n for n, row in enumerate(rows) if not isinstance(row, dict)]:
            raise ValidationError({f"[{n}]": [_("Send a JSON object.")] for n in odd[:20]})
        return self.once(lambda: self._all(rows), 207)  # type: ignore[attr-defined]

    def _all(self, rows: list[Any]) -> dict[str, object]:
        results = [self._one(row) for row in rows]
        if all(result["status"] >= 400 for result in results):
            raise ValidationError(dict(_named(results)))
        return {"results": results}

    def _one(self, row: object) -> dict[str, Any]:
        self.row = row
        try:
            with transaction.atomic():
                made = self.create(self.request)  # type: ignore[attr-defined]
        except StepUp:
            raise
        except REFUSALS as exc:
            return self._refused(exc)
        finally:
            self.row = None
        return {"status": made.status_code, "row": made.data}

    def _refused(self, exc: Exception) -> dict[str, object]:
        answer = errors.answer(exc, {})
        if answer is None or answer.status_code >= 500:
            raise exc
        if answer.status_code in {403, 404}:
            where = f"{answer.status_code} POST {self.request.resolver_match.view_name}"
            audit.denied(where, actor=self.request.user)
        details = {name: answer.data[name] for name in TOLD if name in answer.data}
        return {"status": answer.status_code, **details}


def _named(results: list[Any]) -> Any:
    """The fields of refused rows by their full names, as for one row."""
    for number, result in enumerate(results):
        faults = result.get("errors", {"": [ErrorDetail(result["detail"], result["code"])]})
        for name, words in faults.items():
            yield f"[{number}].{name}" if name else f"[{number}]", words
