"""Hearings, one page for each verb."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy

from prosecutions.forms.hearings import CorrectResultForm, RecordHearingForm
from prosecutions.models import Hearing, Prosecution
from prosecutions.services.hearings import (
    correct_result,
    list_hearing,
    record_hearing,
)
from prosecutions.views.warned import CourtVerb


class BackToDocket(CourtVerb):
    """Whoever works through the docket goes on there, unless a new warning is to be seen."""

    def after(self) -> str:
        back = "docket" in self.request.GET and not self.appeared
        return reverse("prosecutions:docket") if back else super().after()


class ListHearing(BackToDocket):
    model, service = Prosecution, list_hearing
    title = gettext_lazy("List a hearing")
    intro = gettext_lazy("The day the court has set.")
    submit_label = gettext_lazy("List the hearing")


class RecordHearing(BackToDocket):
    model, service, form_class = Hearing, record_hearing, RecordHearingForm
    title = gettext_lazy("Record a hearing")
    intro = gettext_lazy("The result, and the next date or why there is none.")
    submit_label = gettext_lazy("Save the result")


class CorrectResult(CourtVerb):
    """By hand: one box for the result and why it was adjourned."""

    model, service, form_class = Hearing, correct_result, CorrectResultForm
    title = gettext_lazy("Correct the result of a hearing")
    intro = gettext_lazy("The former result stays in the history.")

    def get_initial(self) -> dict[str, object]:
        row = self.target
        outcome = f"{row.result} {row.adjourned_for}".strip()
        return {"outcome": outcome, "no_next_date": row.no_next_date}
