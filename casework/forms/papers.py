"""Shapes of the forms about notes and documents."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from casework.columns import LONGEST_REMARK
from casework.forms.agencies import AgencyChoice
from casework.forms.cases import Offering, RecordForm
from casework.models import CustodyEvent, Document
from casework.paper_codes import DocumentKind
from casework.services.court_bundles import bundle_for_court
from casework.services.notes import write_note
from casework.services.recognising import recognise_material
from core.forms import DayField, KindField, lines, words_of
from core.verbs.forms import form_of

STORED = DocumentKind.offered(without=DocumentKind.NEVER_STORED)
# A hint for the picker of files; what a file is, its bytes say.


NoteForm = form_of(write_note, RecordForm, on={"text": lines(10)})


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several, each on its own."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        several = data if isinstance(data, list) else [data]
        return [super(FilesField, self).clean(file, initial) for file in several]


class FromForm(RecordForm):
    """By hand, for one verb takes files and their digests: from whom it came, or to whom."""

    agency = AgencyChoice(**words_of(CustodyEvent, "agency"))
    person = forms.CharField(max_length=200, required=False, **words_of(CustodyEvent, "person"))


def _remark() -> forms.CharField:
    return forms.CharField(
        max_length=LONGEST_REMARK,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        **words_of(CustodyEvent, "remark"),
    )


class StatementChoice(Offering, forms.ModelChoiceField):
    """A signed statement of the case; not asked where there is none."""

    def __init__(self, **words: Any) -> None:
        super().__init__(Document.objects.none(), **words)

    def offer_in(self, form: RecordForm) -> None:
        rows = Document.objects.visible_in(form.case, form.user)
        self.queryset = rows.filter(kind=DocumentKind.STATEMENT).order_by("code")

    def label_from_instance(self, row: Any) -> str:
        return str(row.code)


class DocumentTicks(Offering, forms.ModelMultipleChoiceField):
    """Documents of the case, to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **words: Any) -> None:
        super().__init__(Document.objects.none(), **words)

    def offer_in(self, form: RecordForm) -> None:
        self.queryset = Document.objects.visible_in(form.case, form.user).order_by("pk")

    def label_from_instance(self, row: Any) -> str:
        label = f"{row.code}, {row.get_kind_display()}, {date_format(row.received_on, 'j M Y')}"
        return (
            _("%(told)s, redacted copy of %(code)s")
            % {
                "told": label,
                "code": row.redacts,
            }
            if row.redacts
            else label
        )


CourtBundleForm = form_of(
    bundle_for_court, RecordForm, on={"documents": DocumentTicks, "agency": AgencyChoice}
)


class ReceivedForm(FromForm):
    kind = KindField(choices=STORED, **words_of(Document, "kind"))
    received_on = DayField(**words_of(Document, "received_on"))
    follows = StatementChoice(
        label=_("Follows the statement"),
        required=False,
        help_text=_("For a signed statement: the earlier one, if this is a later version of it."),
    )
    remark = _remark()
    file = FilesField(
        label=_("Files"),
        help_text=_(
            "Any kind. A file that is not a picture, PDF, text, Word, Excel, OpenDocument, MP3,"
            " M4A or MP4 is held until it is scanned."
        ),
        widget=SeveralFiles(),
    )
    field_order = ("kind", "received_on", "agency", "person", "follows", "remark", "file")

    def offer(self) -> None:
        if not self.fields["follows"].queryset.exists():  # type: ignore[attr-defined]
            del self.fields["follows"]


class HashForm(FromForm):
    received_on = DayField(label=_("Recorded on"))
    sha256 = forms.CharField(
        label=_("SHA-256"), help_text=_("64 digits: 0 to 9 and a to f."), max_length=100
    )
    remark = _remark()
    field_order = ("received_on", "sha256", "agency", "person", "remark")


class VersionForm(RecordForm):
    remark = _remark()
    file = forms.FileField(label=_("File"), widget=forms.FileInput())


class HashVersionForm(RecordForm):
    sha256 = HashForm.base_fields["sha256"]
    remark = _remark()


class RecogniseForm(
    form_of(  # type: ignore[misc]
        recognise_material,
        RecordForm,
        on={
            "versions": forms.TypedMultipleChoiceField(
                label=_("Which versions"),
                help_text=_(
                    "If none is chosen: all of them. The others open again after the decision."
                ),
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            ),
            "reason": partial(lines(3), max_length=LONGEST_REMARK),
        },
        order=("versions",),
    )
):
    """By hand: the versions that there are."""

    def offer(self) -> None:
        kept = self.target.versions.filter(file__isnull=False).order_by("number")
        numbers = kept.values_list("number", flat=True)
        box: Any = self.fields["versions"]
        box.choices = [(n, _("Version %(n)s") % {"n": n}) for n in numbers]
        if len(box.choices) < 2:
            del self.fields["versions"]
