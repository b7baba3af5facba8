"""Forms about care plans and assessments that differ from the plain ones of their verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import keep_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from aftercare.models import Provider
from aftercare.services.assessments import begin_assessment
from aftercare.services.plans import (
    close_plan,
    end_goal,
    follow_up,
    open_plan,
    review_plan,
    set_goal,
)
from aftercare.services.referrals import draft_referral
from casework.forms import Offering, RecordForm, Today
from core.forms import DayField, radios
from core.verbs.forms import form_of
from instruments.answers import BEST, WORST, called
from instruments.models import Instrument

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NOT_APPLICABLE = "na"


class DaysField(forms.CharField):
    """Several days in one line: between commas, or between spaces where they are all figures."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=300, **kwargs)

    def clean(self, value: object) -> object:
        days: list[str] = []
        for part in filter(str.strip, super().clean(value).split(",")):
            days += [part] if any(map(str.isalpha, part)) else part.split()
        field = DayField()
        return [field.clean(day) for day in days]


class InstrumentChoice(Offering, forms.ModelChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Instrument.objects.none(), **kwargs)

    def offer_in(self, form: RecordForm) -> None:
        self.queryset = Instrument.objects.filter(is_offered=True).order_by("name")

    def label_from_instance(self, obj: object) -> str:
        return str(obj)


def successor(**words: Any) -> forms.Field:
    rows = Provider.objects.filter(is_active=True).order_by("name")
    return forms.ModelChoiceField(rows, empty_label=_("Nobody"), **words)


DraftForm = form_of(draft_referral, RecordForm, on={"need": radios, "urgency": radios})
OpenPlanForm = form_of(open_plan, RecordForm, on={"opened_on": Today})
GoalForm = form_of(set_goal, RecordForm, on={"domain": radios})
EndGoalForm = form_of(end_goal, RecordForm, on={"status": radios, "ended_on": Today})
ReviewForm = form_of(review_plan, RecordForm, on={"reviewed_on": Today, "result": radios})
ClosePlanForm = form_of(
    close_plan,
    RecordForm,
    on={"closed_on": Today, "closed_for": radios, "handed_to": successor, "tried_on": DaysField},
)
FollowUpForm = form_of(
    follow_up,
    RecordForm,
    on={
        "done_on": Today,
        **dict.fromkeys(("safe", "in_school_or_work", "revictimised"), radios),
    },
)
BeginForm = form_of(
    begin_assessment,
    RecordForm,
    on={"assessed_on": Today, "instrument": InstrumentChoice, "answers": None},
)


@keep_lazy(SafeString)
def _end(score: int, words: StrOrPromise) -> SafeString:
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

    def __init__(self, *args: object, items: list[dict[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in items:
            self.fields[item["code"]] = forms.ChoiceField(
                label=called(item),
                choices=SCORES,
                required=False,
                widget=forms.RadioSelect(attrs={"class": "scale"}),
            )

    def answers(self) -> dict[str, int | None]:
        given = {code: answer for code, answer in self.cleaned_data.items() if answer}
        return {
            code: None if answer == NOT_APPLICABLE else int(answer)
            for code, answer in given.items()
        }


def as_entered(answers: dict[str, int | None]) -> dict[str, str]:
    return {c: NOT_APPLICABLE if score is None else str(score) for c, score in answers.items()}
