"""Shape of the form that takes a workbook in."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import User
    from casework.files.arriving import Upload

MOST_BYTES = 670_000  # of a workbook
MOST_TEXT = 900_000  # of the same as base64


class TakeWorkbookForm(forms.Form):
    """A workbook, or its bytes once it was looked at: they are kept nowhere in between."""

    file = forms.FileField(
        label=_("Workbook (XLSX)"),
        required=False,
        allow_empty_file=True,
        help_text=_("At most 670 kB. A larger one is taken in by who runs this, by command."),
    )
    workbook = forms.CharField(required=False, max_length=MOST_TEXT, widget=forms.HiddenInput)
    digest = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        sent: Upload | None = data.pop("file", None)
        if sent is not None:
            data["workbook"], data["digest"] = self._text(sent), ""  # another than was looked at
        if not data.get("workbook") and not self.errors:
            self.add_error("file", _("Choose a file."))
        return data

    def again(self, digest: str, user: User) -> TakeWorkbookForm:
        """The same, the file among it as text, to be taken in on the next press."""
        return TakeWorkbookForm(initial=self.cleaned_data | {"digest": digest}, user=user)

    def _text(self, sent: Upload) -> str:
        if sent.received is None or sent.received.size > MOST_BYTES:
            self.add_error("file", _("This workbook is larger than 670 kB. Send it in parts."))
            return ""
        with sent.received.open() as content:
            return base64.b64encode(content.read()).decode()
