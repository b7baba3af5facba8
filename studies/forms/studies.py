"""Forms about visits and estimates that differ from the plain ones of their verbs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.forms import code_or
from core.sheets.form import SheetForm
from core.verbs.forms import form_of
from studies.forms.fields import PercentField, StudyForm
from studies.models import Estimate
from studies.services.estimates import enter_estimate, pair_estimates
from studies.services.visits import correct_visit, record_recapture
from studies.visit_sheet import Sheet, read

CorrectVisitForm = form_of(correct_visit, StudyForm, on={"left_out": code_or(_("No, it counts"))})
RecaptureForm = form_of(
    record_recapture, StudyForm, order=("first_on", "first", "second_on", "second")
)
EstimateForm = form_of(
    enter_estimate,
    StudyForm,
    on=dict.fromkeys(("share", "standard_error", "low", "high"), PercentField),
    order=("figuring", "n"),
)


class PairForm(form_of(pair_estimates, StudyForm)):  # type: ignore[misc]
    """By hand: what can be chosen depends on the estimate it is about."""

    def offer(self) -> None:
        """Every other estimate; why one cannot be compared is said when it is chosen."""
        field: Any = self.fields["endline"]
        rows = Estimate.objects.visible_to(self.user).exclude(pk=self.target.pk)
        field.queryset = rows.select_related("stratum__study", "stratum__jurisdiction").order_by(
            "-stratum__study__fieldwork_from", "-created_at"
        )
        field.label_from_instance = lambda row: (
            f"{row.stratum.study.title}: {row.stratum} ({row.get_basis_display()})"
        )


class UploadForm(SheetForm, StudyForm):
    """Visits as lines of CSV, pasted or from a file: checked first, kept on the second press."""

    columns = "venue, visited_on, counted, minors"

    def read(self, text: str) -> Sheet:
        return read(text)

    def handed_on(self, sheet: Any) -> dict[str, object]:
        return {"visits": sheet.visits}

    def again(self) -> dict[str, object]:
        return {"user": self.user, "target": self.target}
