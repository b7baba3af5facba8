"""Shapes of the forms about requests to and from others."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from casework.forms import PastDay, PlaceChoice, RecordForm, places_around
from casework.forms.agencies import AgencyChoice
from prosecutions.enums import Direction, RequestAnswer, RequestKind
from prosecutions.forms.survivors import ProceedingChoice, proceedings_of


class RequestForm(RecordForm):
    direction = forms.ChoiceField(
        label=gettext_lazy("Who asked"),
        choices=Direction,
        initial=Direction.TO,
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What for"), choices=[("", "---------"), *RequestKind.choices]
    )
    jurisdiction = PlaceChoice(
        label=gettext_lazy("Where the others are"),
        help_text=gettext_lazy("Another country than that of the case makes it a request abroad."),
    )
    agency = AgencyChoice(label=gettext_lazy("Police unit, laboratory, court or other office"))
    prosecution = ProceedingChoice()
    asked_on = PastDay(label=gettext_lazy("Asked on"))

    def offer(self) -> None:
        self.choose("jurisdiction", places_around(self.case))
        agency: Any = self.fields["agency"]
        agency.around(self.case.jurisdiction)
        self.choose("prosecution", proceedings_of(self))
        self.fields["asked_on"].initial = self.case.jurisdiction.today


class ReminderForm(RecordForm):
    reminded_on = PastDay(label=gettext_lazy("Day of the reminder"))

    def offer(self) -> None:
        self.fields["reminded_on"].initial = self.case.jurisdiction.today


class RequestAnswerForm(RecordForm):
    answer = forms.ChoiceField(
        label=gettext_lazy("The answer"), choices=RequestAnswer, widget=forms.RadioSelect
    )
    answered_on = PastDay(label=gettext_lazy("Answered on"))

    def offer(self) -> None:
        self.fields["answered_on"].initial = self.case.jurisdiction.today
