"""Shape of the form that sends a workbook."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.services.workbooks import MOST_MEGABYTES


class SendWorkbookForm(forms.Form):
    file = forms.FileField(
        label=_("Workbook (XLSX)"),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = _("At most %(n)s MB, and 100,000 lines in all.")
        self.fields["file"].help_text = words % {"n": MOST_MEGABYTES}
