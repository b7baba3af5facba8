"""Shapes of the forms about what is to be done."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choosing import PersonField
from casework.forms.cases import RecordForm
from casework.services.tasks import WHY_LENGTH, may_be_given
from core.forms import DayField


class WhoAndWhen(RecordForm):
    assignee = PersonField(
        label=_("Who does it"),
        empty_label=_("Whoever of the team comes first"),
        required=False,
    )
    due_on = DayField(label=_("By when"), ahead=True)

    def offer(self) -> None:
        self.choose("assignee", may_be_given(self.case).order_by("name"))


class TaskForm(WhoAndWhen):
    what = forms.CharField(
        label=_("What is to be done"), help_text=_("Codes, no names."), max_length=500
    )
    field_order = ("what", "assignee", "due_on")


class NotNeededForm(RecordForm):
    reason = forms.CharField(
        label=_("Why it is not needed any more"),
        min_length=WHY_LENGTH,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
