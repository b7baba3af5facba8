"""Codes within a case: P-1, P-2 … without twins, whoever writes at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models.functions import Length

from casework.models import Case

if TYPE_CHECKING:
    from casework.models import CaseRecord


def next_code(model: type[CaseRecord], letter: str, case: Case) -> str:
    """The next code of such a row in the case; the case is locked until the commit."""
    Case.objects.select_for_update().get(pk=case.pk)
    return f"{letter}-{last_number(model, letter, case) + 1}"


def last_number(model: type[CaseRecord], letter: str, case: Case) -> int:
    """The highest number given: codes that came with a workbook may leave some out."""
    rows: Any = model.objects.all()
    rows = rows.filter(case=case, code__regex=rf"^{letter}-[0-9]{{1,6}}$")
    last = rows.order_by(Length("code").desc(), "-code").values_list("code", flat=True).first()
    return int(last[2:]) if last else 0
