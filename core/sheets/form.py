"""Lines of CSV, pasted or from a file: checked on the first press, kept on the second."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Protocol, Self

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.sheets.lines import MOST_BYTES, NotASheet

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


class ReceivedFile(Protocol):
    """A file as it was received, encrypted."""

    size: int

    def open(self) -> AbstractContextManager[BinaryIO]: ...


class Arrived(Protocol):
    """One file of a request; nothing was kept of one that is too large."""

    received: ReceivedFile | None


class SheetForm(forms.Form):
    """What is read stands in `sheet`, which has a `digest`; its text in `pasted`."""

    columns = ""  # as the first line names them
    sheet: object = None
    pasted = ""

    rows = forms.CharField(
        label=gettext_lazy("Lines"),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        required=False,
        max_length=MOST_BYTES,
    )
    file = forms.FileField(
        label=gettext_lazy("Or a CSV file"), required=False, allow_empty_file=True
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        words = _("The first line names the columns: %(columns)s.")
        self.fields["rows"].help_text = words % {"columns": self.columns}

    def read(self, text: str) -> object:
        """Raises `NotASheet`."""
        raise NotImplementedError

    def handed_on(self, sheet: object) -> dict[str, object]:
        """What the verb is given."""
        raise NotImplementedError

    def again(self) -> dict[str, object]:
        """What the form was made with."""
        return {}

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        given = self._text(data.get("file")) or data.get("rows", "")
        if self.errors:
            return {}
        try:
            self.sheet = self.read(given)
        except NotASheet as exc:
            raise forms.ValidationError([str(line) for line in exc.lines]) from None
        self.pasted = given
        return self.handed_on(self.sheet)

    def as_pasted(self) -> Self:
        """The same lines to be looked at once more, a file among them as text."""
        return type(self)(initial={"rows": self.pasted}, **self.again())

    def _text(self, file: Arrived | None) -> str:
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
            self.add_error("file", _("This is not a text in UTF-8. Save it as CSV UTF-8."))
            return ""
