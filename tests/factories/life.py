"""Rows that say how a case ended, and to whom it is offered."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from casework.models import Closing, ClosingWords, Transfer
from tests import factories

if TYPE_CHECKING:
    from casework.models import Case


def closing(case: Case | None = None, **fields: Any) -> Closing:
    """A former one: the case was opened again."""
    person = fields.pop("closed_by", None) or factories.user()
    values = {
        "reason": "goals_met",
        "stood": "rescued",
        "closed_on": date(2026, 4, 1),
        "unmet": ["open-task"],
        "reopened_on": date(2026, 4, 20),
        "reopened_by": person,
    }
    return Closing.objects.create(
        case=case or factories.case(), closed_by=person, **(values | fields)
    )


def closing_words(case: Case | None = None, **fields: Any) -> ClosingWords:
    of = fields.pop("closing", None) or closing(case)
    values = {
        "note": "Invented note",
        "override": "Invented reason",
        "reopened_for": "Invented why",
    }
    return ClosingWords.objects.create(id=of.pk, case=of.case, closing=of, **(values | fields))


def transfer(case: Case | None = None, **fields: Any) -> Transfer:
    """Offered to an office that is nowhere else, and not answered; what waited before is not."""
    case = case or factories.case()
    waiting = Transfer.objects.filter(case=case, status="waiting")
    waiting.update(status="withdrawn", decided_by=factories.user(), decided_at=timezone.now())
    if "to_person" not in fields and "to_office" not in fields:
        fields["to_office"] = factories.office("delhi", "IN-DL")
    values = {"reason": "Invented reason", "shown": {"reference": "Invented reference"}}
    return Transfer.objects.create(case=case, asked_by=factories.user(), **(values | fields))


FACTORIES: dict[Any, Any] = {
    Closing: closing,
    ClosingWords: closing_words,
    Transfer: transfer,
}
