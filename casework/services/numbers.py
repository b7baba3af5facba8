"""Codes within a case: P-1, P-2 … without twins, whoever writes at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models.functions import Length

from casework.models import Case

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from casework.models import CaseRecord
    from core.access import ScopedQuerySet


def next_code(model: type[CaseRecord], letter: str, case: Case) -> str:
    """The next code of such a row in the case; the case is locked until the commit."""
    Case.objects.select_for_update().get(pk=case.pk)
    return f"{letter}-{last_number(model, letter, case) + 1}"


def last_number(model: type[CaseRecord], letter: str, case: Case) -> int:
    """The highest number given: codes that came with a workbook may leave some out."""
    last = _codes(model, letter).filter(case=case).order_by(Length("code").desc(), "-code").first()
    return int(last[2:]) if last else 0


def last_numbers(model: type[CaseRecord], letter: str, cases: Collection[UUID]) -> dict[UUID, int]:
    """The same of several cases; those without a code are left out."""
    return highest(_codes(model, letter).filter(case__any_of=cases).values_list("case", "code"))


def highest(codes: Iterable[tuple[UUID, str]]) -> dict[UUID, int]:
    """The highest number among codes, of each case."""
    last: dict[UUID, int] = {}
    for case, code in codes:
        last[case] = max(last.get(case, 0), int(code.rpartition("-")[2]))
    return last


def _codes(model: type[CaseRecord], letter: str) -> ScopedQuerySet:
    rows: Any = model.objects.all()
    rows = rows.filter(code__regex=rf"^{letter}-[0-9]{{1,6}}$")
    return rows.values_list("code", flat=True)
