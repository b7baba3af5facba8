"""Forms about visits and estimates that differ from the plain ones of their verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import code_or
from core.verb_forms import form_of
from studies.forms.fields import PercentField, StudyForm
from studies.models import Estimate
from studies.services.estimates import enter_estimate, pair_estimates
from studies.services.visits import correct_visit, record_recapture
from studies.visit_sheet import NotASheet, Sheet, read

if TYPE_CHECKING:
    from casework.files.arriving import Upload

MOST_BYTES = 500_000

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


class UploadForm(StudyForm):
    """Visits as lines of CSV, pasted or from a file: checked first, kept on the second press."""

    rows = forms.CharField(
        label=_("Lines"),
        help_text=_("The first line names the columns: venue, visited_on, counted, minors."),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        required=False,
        max_length=MOST_BYTES,
    )
    file = forms.FileField(label=_("Or a CSV file"), required=False, allow_empty_file=True)

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        given = self._text(data.pop("file", None)) or data.pop("rows", "")
        data.pop("rows", None)
        self.sheet: Sheet | None = None
        if self.errors:
            return data
        try:
            self.sheet = read(given)
        except NotASheet as exc:
            raise forms.ValidationError([str(line) for line in exc.lines]) from None
        data["visits"] = self.sheet.visits
        self.pasted = given
        return data

    def as_pasted(self) -> UploadForm:
        """The same lines to be looked at once more, a file among them as text."""
        return UploadForm(user=self.user, target=self.target, initial={"rows": self.pasted})

    def _text(self, file: Upload | None) -> str:
        """The text of a file, which arrives encrypted and is kept nowhere."""
        if file is None:
            return ""
        if file.received is None or file.received.size > MOST_BYTES:
            self.add_error("file", _("This file is larger than 500 kB."))
            return ""
        try:
            with file.received.open() as text:
                return text.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            self.add_error("file", _("This is no text in UTF-8. Save it as CSV UTF-8."))
            return ""
