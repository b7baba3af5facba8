"""Shapes of the forms about care plans and assessments. Rules live in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import keep_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from aftercare.enums import CareDomain, GoalStatus, Need, PlanEnd, ReviewResult, Urgency
from aftercare.models import Provider
from casework.enums import Answer
from casework.forms import PastDay, RecordForm
from core.forms import DayField
from instruments.answers import BEST, WORST
from instruments.models import Instrument

NOTHING = ("", _("Choose"))
NOT_APPLICABLE = "na"


class DraftForm(RecordForm):
    need = forms.ChoiceField(label=_("What is needed"), choices=Need, widget=forms.RadioSelect)
    urgency = forms.ChoiceField(
        label=_("How soon"), choices=Urgency, widget=forms.RadioSelect, initial=Urgency.NOW
    )


class OpenPlanForm(RecordForm):
    opened_on = PastDay(label=_("Opened on"))

    def offer(self) -> None:
        self.fields["opened_on"].initial = self.case.jurisdiction.today


class GoalForm(RecordForm):
    domain = forms.ChoiceField(
        label=_("Part of life"), choices=CareDomain, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What is to be reached"),
        help_text=_("In the words of the survivor. Encrypted, open to the team only."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    target_on = DayField(label=_("By when"), ahead=True)


class EndGoalForm(RecordForm):
    status = forms.ChoiceField(
        label=_("What became of it"), choices=GoalStatus, widget=forms.RadioSelect
    )
    ended_on = PastDay(label=_("On"))

    def offer(self) -> None:
        self.fields["ended_on"].initial = self.case.jurisdiction.today


class ReviewForm(RecordForm):
    reviewed_on = PastDay(label=_("Looked at on"))
    result = forms.ChoiceField(
        label=_("What came of it"), choices=ReviewResult, widget=forms.RadioSelect
    )

    def offer(self) -> None:
        self.fields["reviewed_on"].initial = self.case.jurisdiction.today


class DaysField(forms.CharField):
    """Several days in one line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=300, **kwargs)

    def clean(self, value: Any) -> Any:
        one = PastDay()
        return [one.clean(text) for text in super().clean(value).replace(",", " ").split()]


class ClosePlanForm(RecordForm):
    closed_on = PastDay(label=_("Closed on"))
    closed_for = forms.ChoiceField(
        label=_("Why"),
        help_text=_("“Goals met”: all settled, nothing overdue, restored by the last assessment."),
        choices=PlanEnd,
        widget=forms.RadioSelect,
    )
    handed_to = forms.ModelChoiceField(
        Provider.objects.none(),
        label=_("Who goes on with the work"),
        help_text=_("Where the person was handed over or moved away."),
        empty_label=_("Nobody"),
        required=False,
    )
    tried_on = DaysField(
        label=_("Days on which you tried in vain to reach the person"),
        help_text=_("Where contact is lost: at least three, as 2026-11-24, with spaces between."),
        required=False,
    )

    def offer(self) -> None:
        self.fields["closed_on"].initial = self.case.jurisdiction.today
        self.choose("handed_to", Provider.objects.filter(is_active=True).order_by("name"))


def _answer(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=Answer, widget=forms.RadioSelect, initial=Answer.UNKNOWN
    )


class FollowUpForm(RecordForm):
    done_on = PastDay(label=_("Asked on"))
    contact_lost = forms.BooleanField(label=_("Contact is lost"), required=False)
    safe = _answer(_("Is the person safe?"))
    in_school_or_work = _answer(_("In school or at work?"))
    revictimised = _answer(_("Exploited or abused again?"))

    def offer(self) -> None:
        self.fields["done_on"].initial = self.case.jurisdiction.today


class InstrumentChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class BeginForm(RecordForm):
    assessed_on = PastDay(label=_("Day of the assessment"))
    instrument = InstrumentChoice(
        Instrument.objects.none(),
        label=_("Questions"),
        help_text=_("Nothing: those used before for this person, so that the scores compare."),
        required=False,
    )

    def offer(self) -> None:
        self.fields["assessed_on"].initial = self.case.jurisdiction.today
        self.choose("instrument", Instrument.objects.filter(is_offered=True).order_by("name"))


@keep_lazy(SafeString)
def _end(score: int, words: Any) -> SafeString:
    """An end of the scale: the words stand above it, and are read out with the number."""
    return format_html('{}<span class="vh">, {}</span>', score, words)


SCORES = [
    (str(WORST), _end(WORST, _("most vulnerable"))),
    *((str(n), str(n)) for n in range(WORST + 1, BEST)),
    (str(BEST), _end(BEST, _("least vulnerable"))),
    (NOT_APPLICABLE, _("does not apply")),
]


class DomainForm(RecordForm):
    """The items of one domain; an item left out is not answered."""

    all_optional = True

    def __init__(self, *args: Any, items: list[dict[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in items:
            self.fields[item["code"]] = forms.ChoiceField(
                label=item["label"],
                choices=SCORES,
                required=False,
                widget=forms.RadioSelect(attrs={"class": "scale"}),
            )

    def answers(self) -> dict[str, int | None]:
        given = {code: said for code, said in self.cleaned_data.items() if said}
        return {code: None if said == NOT_APPLICABLE else int(said) for code, said in given.items()}


def as_entered(answers: dict[str, int | None]) -> dict[str, str]:
    return {c: NOT_APPLICABLE if score is None else str(score) for c, score in answers.items()}
