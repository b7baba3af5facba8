"""Shape of the form that puts off what a rule asks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.enums import SNOOZED_AT_MOST
from casework.forms.cases import RecordForm
from casework.services.tasks import WHY_LENGTH
from core.forms import DayField
from desk.to_do import may_wait_in

WEEK = timedelta(days=7)


class SnoozeForm(RecordForm):
    task = forms.ChoiceField(label=_("What is put off"))
    until = DayField(label=_("Until"), help_text=_("30 days at most."), ahead=True)
    reason = forms.CharField(
        label=_("Why it can wait"),
        help_text=_("The team reads this. Codes, no names."),
        min_length=WHY_LENGTH,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def offer(self) -> None:
        self.tasks = may_wait_in(self.case, self.user)
        fields: Any = self.fields
        fields["task"].choices = [(key, words) for key, (_task, words) in self.tasks.items()]
        today = timezone.localdate()
        fields["until"].initial = today + WEEK
        fields["until"].widget.attrs["max"] = (today + SNOOZED_AT_MOST).isoformat()

    def clean_task(self) -> Any:
        task, _words = self.tasks[self.cleaned_data["task"]]
        return task
