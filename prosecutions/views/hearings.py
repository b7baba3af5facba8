"""Hearings, one page for each verb."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prosecutions.forms.hearings import CorrectResultForm, RecordHearingForm
from prosecutions.models import Hearing
from prosecutions.services.hearings import (
    correct_result,
    list_hearing,
    move_hearing,
    record_hearing,
)
from prosecutions.views.courts import OfProceedingVerb, ProceedingVerb


class BackToDocket(ProceedingVerb):
    """Whoever works through the docket goes on there, unless a new warning is to be seen."""

    def after(self) -> str:
        back = "docket" in self.request.GET and not self.appeared
        return reverse("prosecutions:docket") if back else super().after()


class ListHearing(BackToDocket):
    service = list_hearing
    title = gettext_lazy("List a hearing")
    intro = gettext_lazy("The day the court has set.")
    submit_label = gettext_lazy("List the hearing")


class HearingVerb(OfProceedingVerb):
    """A verb on a hearing."""

    model = Hearing

    def about(self) -> list[tuple[Any, Any]]:
        row = self.target
        words = f"{date_format(row.listed_on, 'D j M Y')}, {row.get_purpose_display()}"
        return [*super().about(), (_("Hearing"), words)]


class RecordHearing(HearingVerb, BackToDocket):
    service, form_class = record_hearing, RecordHearingForm
    title = gettext_lazy("Record a hearing")
    intro = gettext_lazy("The result, and the next date or why there is none.")
    submit_label = gettext_lazy("Save the result")


class MoveHearing(HearingVerb):
    service = move_hearing
    title = gettext_lazy("Change a listed hearing")
    intro = gettext_lazy("Its day, time or purpose, until it has a result.")

    def get_initial(self) -> dict[str, Any]:
        row = self.target
        return {"listed_on": row.listed_on, "listed_at": row.listed_at, "purpose": row.purpose}


class CorrectResult(HearingVerb):
    service, form_class = correct_result, CorrectResultForm
    title = gettext_lazy("Correct the result of a hearing")
    intro = gettext_lazy("The former result stays in the history.")

    def get_initial(self) -> dict[str, Any]:
        row = self.target
        outcome = f"{row.result} {row.adjourned_for}".strip()
        return {"outcome": outcome, "no_next_date": row.no_next_date}
