"""Shapes of the forms that close a case and open it again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.enums import SEAL_REASON_LENGTH, ClosingReason
from casework.forms.cases import PastDay, RecordForm


def _words(label: Any, help_text: Any = "", **kwargs: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, help_text=help_text, max_length=2000, widget=widget, **kwargs
    )


class CloseForm(RecordForm):
    reason = forms.ChoiceField(
        label=_("Why it ends"), choices=[("", "---------"), *ClosingReason.choices]
    )
    closed_on = PastDay(label=_("Closed on"))
    note = _words(_("Note"), _("For whoever opens it again. Codes, no names."), required=False)
    override = _words(
        _("Why it is closed all the same"),
        _("At least ten characters. It is recorded, with what is not settled."),
        min_length=SEAL_REASON_LENGTH,
        required=False,
    )

    def __init__(self, *args: Any, ready: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if ready:
            del self.fields["override"]

    def offer(self) -> None:
        self.fields["closed_on"].initial = self.case.jurisdiction.today
        self.fields["closed_on"].widget.attrs["min"] = self.case.opened_on.isoformat()


class ReopenForm(RecordForm):
    reason = _words(
        _("Why it goes on"),
        _("At least ten characters. Codes, no names."),
        min_length=SEAL_REASON_LENGTH,
    )


class NothingMore(RecordForm):
    """The button is the whole form."""
