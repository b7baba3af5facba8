"""Shapes of the forms about what is to be done: one thing put off, several done together."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choosing import PersonField
from casework.enums import SNOOZED_AT_MOST
from casework.forms.cases import RecordForm
from casework.services.tasks import WHY_LENGTH
from core.days import clock
from core.forms import DayField, when
from desk.to_do.lines import may_wait_in
from desk.to_do.together import OF_PEOPLE, Deed

if TYPE_CHECKING:
    from django.forms import Field
    from django_stubs_ext import StrOrPromise

WEEK = timedelta(days=7)


def why(label: StrOrPromise, hint: StrOrPromise = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        min_length=WHY_LENGTH,
        max_length=500,
        required=required,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def begin_put_off(until: Field) -> None:
    today = clock.today()
    until.initial = today + WEEK
    until.widget.attrs["max"] = (today + SNOOZED_AT_MOST).isoformat()


class SnoozeForm(RecordForm):
    task = forms.ChoiceField(label=_("What is put off"))
    until = DayField(label=_("Until"), help_text=_("At most 30 days."), ahead=True)
    reason = why(_("Why it can wait"), _("The team reads this. Use codes, not names."))

    def offer(self) -> None:
        self.tasks = may_wait_in(self.case, self.user)
        fields: Any = self.fields
        fields["task"].choices = [(key, words) for key, (_task, words) in self.tasks.items()]
        begin_put_off(fields["until"])

    def clean_task(self) -> Any:
        task, _words = self.tasks[self.cleaned_data["task"]]
        return task


class Ticked(forms.Form):
    """Which of the lines above the form; all of them, unless somebody unticks one."""

    tasks = forms.MultipleChoiceField(
        error_messages={"required": _("Nothing is ticked. Tick at least one line.")}
    )

    def __init__(self, *args: Any, keys: list[str], people: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["tasks"].choices = [(key, key) for key in keys]
        self.offer(people)

    def offer(self, people: object) -> None:
        """What depends on the lines."""


class PutOffTogether(Ticked):
    """For what one rule asks."""

    deed = forms.ChoiceField(
        choices=[(Deed.SNOOZE, Deed.SNOOZE)], initial=Deed.SNOOZE, widget=forms.HiddenInput
    )
    until = DayField(label=_("Put off until"), help_text=_("At most 30 days."), ahead=True)
    reason = why(_("Why it can wait"), _("The team reads this. Use codes, not names."))

    def offer(self, people: object) -> None:
        begin_put_off(self.fields["until"])


class SettleTogether(Ticked):
    """For tasks of people."""

    deed = forms.ChoiceField(
        choices=[(deed.value, deed.label) for deed in OF_PEOPLE],
        label=_("What is with the ticked ones"),
        widget=forms.RadioSelect,
    )
    reason = why(_("Why they are no longer needed"), required=False)
    assignee = PersonField(
        label=_("Who does them"),
        empty_label=_("Anybody on the team"),
        required=False,
    )
    due_on = DayField(label=_("By when, if you give them to somebody"), ahead=True, required=False)

    def offer(self, people: object) -> None:
        fields: Any = self.fields
        fields["assignee"].queryset = people
        for name, deed in (
            ("reason", Deed.CANCEL),
            ("assignee", Deed.ASSIGN),
            ("due_on", Deed.ASSIGN),
        ):
            fields[name].applies = when(deed=[deed])
