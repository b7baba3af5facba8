"""Codes within a case: P-1, P-2 … without twins, whoever writes at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.models import Case

if TYPE_CHECKING:
    from casework.models import CaseRecord


def next_code(model: type[CaseRecord], letter: str, case: Case) -> str:
    """The next code of such a row in the case; the case is locked until the commit."""
    Case.objects.select_for_update().get(pk=case.pk)
    rows: Any = model.objects.filter(case=case)
    return f"{letter}-{rows.count() + 1}"
