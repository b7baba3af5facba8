"""Hearings: the page that differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.views import RecordVerb
from prosecutions.forms.hearings import CorrectResultForm
from prosecutions.models import Hearing
from prosecutions.services.hearings import correct_result
from prosecutions.warned import warned

if TYPE_CHECKING:
    from accounts.models import User


def result(hearing: Hearing, actor: User) -> list[tuple[str, object]]:
    return [(_("Result"), hearing.get_result_display())]


@warned
class CorrectResult(RecordVerb):
    """By hand: one box for the result and why it was adjourned."""

    model, service, form_class = Hearing, correct_result, CorrectResultForm
    button = gettext_lazy("Correct the result")

    def get_initial(self) -> dict[str, object]:
        row = self.target
        outcome = f"{row.result} {row.adjourned_for}".strip()
        return {"outcome": outcome, "no_next_date": row.no_next_date}
