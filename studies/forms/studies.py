"""Forms about studies, strata, visits and estimates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.enums import Programme
from core.forms import DayField
from studies.enums import Figuring, Judged, LeftOut, Method, Phase, StratumKind
from studies.forms.fields import PercentField, PlaceField, StudyForm, chosen, number, source, text
from studies.models import Estimate
from studies.visit_sheet import NotASheet, Sheet, read

if TYPE_CHECKING:
    from casework.files.arriving import Upload

MOST_BYTES = 500_000


class StudyDetailsForm(StudyForm):
    title = text(_("Title"), 200)
    programme = chosen(_("Form of exploitation"), Programme)
    jurisdiction = PlaceField(help_text=_("The place that holds all its strata."))
    method = chosen(_("How people were found"), Method)
    phase = chosen(_("Phase"), Phase)
    is_representative = forms.BooleanField(
        label=_("Representative of its place"),
        help_text=_("Only if everybody there had a known chance to be counted."),
        required=False,
    )
    minor_below = number(_("A minor is younger than"), 1, 99, initial=18, help_text=_("In years."))
    minor_judged = chosen(_("A minor was told by"), Judged)
    fieldwork_from = DayField(label=_("Fieldwork from"))
    fieldwork_to = DayField(label=_("Fieldwork until"))
    published_on = DayField(label=_("Published on"), required=False)
    source = source()


class StratumForm(StudyForm):
    kind = chosen(_("What was looked at"), StratumKind)
    jurisdiction = PlaceField()
    frame = text(
        _("List or map it was drawn from"),
        200,
        help_text=_("Call the same list by the same name in every study: pairs need it."),
    )
    mapped = number(_("Establishments on it"), 1, required=False)
    hotspots = number(_("Hotspots"), 1, required=False)


class VisitForm(StudyForm):
    venue = text(_("Code of the venue"), 40, help_text=_("A code, never a name or an address."))
    visited_on = DayField(label=_("Visited on"))
    establishments = number(_("Establishments"), 1, initial=1)
    counted = number(_("People counted"))
    minors = number(_("Minors among them"))


class CorrectVisitForm(VisitForm):
    left_out = forms.ChoiceField(
        label=_("Leave it out"),
        choices=[("", _("No, it counts")), *LeftOut.choices],
        required=False,
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

    def clean(self) -> dict[str, Any]:
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


class ObservationForm(StudyForm):
    observer = number(_("Observer"), 1, 20, help_text=_("1 for the first, 2 for the second."))
    counted = number(_("People counted"))
    minors = number(_("Minors among them"))


class RecaptureForm(StudyForm):
    first_on = DayField(label=_("First round"))
    first = number(_("People seen in the first round"), 1)
    second_on = DayField(label=_("Second round"))
    second = number(_("People seen in the second round"), 1)
    both = number(_("Of these, seen in both"))


class EstimateForm(StudyForm):
    figuring = chosen(_("How the share was worked out"), Figuring)
    n = number(
        _("Of how many people"),
        1,
        required=False,
        help_text=_("Without this number the share can be kept but not published."),
    )
    k = number(_("Minors counted"), required=False)
    share = PercentField(
        label=_("Share as published, in percent"),
        help_text=_("Leave empty if the count is given and is all there is."),
        required=False,
    )
    standard_error = PercentField(label=_("Standard error, in percent"), required=False)
    design_effect = forms.DecimalField(
        label=_("Design effect"), min_value=0, max_digits=7, decimal_places=4, required=False
    )
    low = PercentField(label=_("Interval from, in percent"), required=False)
    high = PercentField(label=_("Interval to, in percent"), required=False)
    source = source(required=True)


class PairForm(StudyForm):
    endline = forms.ModelChoiceField(
        Estimate.objects.none(), label=_("Endline"), empty_label=_("Choose")
    )

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
