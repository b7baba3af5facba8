"""Forms about hearings that differ from the plain ones of their verbs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.forms import RecordForm
from core.forms import ANY, DayField, HourField, when, words_of
from core.verbs.forms import form_of
from places.court_days import court_day_from
from prosecutions.calendars import seat_of, vacations_of
from prosecutions.enums import Adjournment, HearingPurpose, HearingResult, NoNextDate
from prosecutions.models import Hearing
from prosecutions.services.ending import reasons
from prosecutions.services.hearings import list_hearing, sitting_of

if TYPE_CHECKING:
    from datetime import date

WEEKS = (2, 4, 8)  # after the hearing: offered as next dates
ANOTHER_DAY = "day"


def reasons_of(form: RecordForm) -> list[tuple[str, object]]:
    """Why there may be no next date in this proceeding, as it stands."""
    return [(reason.value, reason.label) for reason in reasons(form.target.prosecution)]


class ListingForm(form_of(list_hearing, RecordForm)):  # type: ignore[misc]
    """By hand: room, judge and counsel are mostly those of the hearing before."""

    def offer(self) -> None:
        before = Hearing.objects.visible_to(self.user).filter(prosecution=self.target)
        last = before.order_by("-listed_on", "-created_at").first()
        for name, words in sitting_of(last).items():
            self.fields[name].initial = words


def outcomes(present: str = "") -> list[tuple[str, object]]:
    """`present`: why it was adjourned, as the record says already."""
    because = [
        (f"{HearingResult.ADJOURNED} {code}", _("Adjourned: %(why)s") % {"why": label})
        for code, label in Adjournment.offered(present=[present])()
    ]
    return [(HearingResult.HELD.value, HearingResult.HELD.label), *because]


class ResultForm(RecordForm):
    """By hand, what came of a hearing: one tap says held or why it was adjourned."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What came of it"), choices=outcomes, widget=forms.RadioSelect
    )

    def clean_outcome(self) -> tuple[str, str]:
        result, _space, reason = self.cleaned_data["outcome"].partition(" ")
        return result, reason

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if outcome := data.pop("outcome", None):
            data["result"], data["adjourned_for"] = outcome
        return data


class CorrectResultForm(ResultForm):
    no_next_date = forms.ChoiceField(required=False, **words_of(Hearing, "no_next_date"))

    def offer(self) -> None:
        choices: Any = self.fields["no_next_date"]
        choices.choices = [("", "---------"), *reasons_of(self)]
        outcome: Any = self.fields["outcome"]
        outcome.choices = outcomes(getattr(self.target, "adjourned_for", ""))

    def clean(self) -> dict[str, object]:
        """What is not sent at all stays as it is."""
        data = super().clean()
        if self.add_prefix("no_next_date") not in self.data:
            data.pop("no_next_date", None)
        return data


def ways_on() -> list[tuple[str, object]]:
    """As long as nobody knows which hearing it is, as on a phone without a network."""
    return [(ANOTHER_DAY, _("Another day")), *NoNextDate.choices]


class RecordHearingForm(ResultForm):
    """And how it goes on: a day near at hand, another day, or the reason there is none."""

    applies = dict.fromkeys(
        ("next_at", "next_purpose"),
        when(goes_on=[ANOTHER_DAY, *map(str, WEEKS)], next_on=ANY),
    )
    goes_on = forms.ChoiceField(
        label=gettext_lazy("How it goes on"),
        help_text=gettext_lazy(
            "Needed, unless another hearing is listed or everything is decided."
        ),
        choices=ways_on,
        widget=forms.RadioSelect,
        required=False,
    )
    next_on = DayField(label=gettext_lazy("Another day"), required=False, ahead=True)
    next_at = HourField(label=gettext_lazy("Hour of the next hearing, if known"), required=False)
    next_purpose = forms.ChoiceField(
        label=gettext_lazy("What the next hearing is for"), choices=HearingPurpose, required=False
    )

    def offer(self) -> None:
        self.days = self._court_days()
        near = [(key, date_format(day, "D j M Y")) for key, day in self.days.items()]
        choices: Any = self.fields["goes_on"]
        choices.choices = [
            (_("Next hearing"), [*near, (ANOTHER_DAY, _("Another day"))]),
            (_("No next date"), reasons_of(self)),
        ]
        self.fields["next_purpose"].initial = self.target.purpose

    def _court_days(self) -> dict[str, date]:
        """By the weeks after the hearing a day on which its court works; none that has passed."""
        heard, of = self.target.listed_on, self.target.prosecution
        seat, vacations = seat_of(of), vacations_of(of)
        days = {
            str(weeks): court_day_from(seat, heard + timedelta(weeks=weeks), vacations)
            for weeks in WEEKS
        }
        return {weeks: day for weeks, day in days.items() if day > seat.today}

    def clean(self) -> dict[str, object]:
        data = super().clean()
        goes_on, day = data.pop("goes_on", ""), data.get("next_on")
        if goes_on in self.days:
            data["next_on"] = self.days[goes_on]
        elif goes_on == ANOTHER_DAY or (day and not goes_on):
            if not day and "next_on" not in self.errors:
                self.add_error("next_on", _("Enter the day."))
        else:
            data["next_on"], data["no_next_date"] = None, goes_on
        return data
