"""The page of an institution; of a court, with the days on which it does not sit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django import forms
from django.utils.formats import date_format

from core.verbs.forms import form_of
from places.court_days import holidays_between
from places.enums import AgencyKind
from places.forms.fields import KeepForm
from places.models import Agency
from places.services import agencies
from places.services.vacations import drop_vacation
from places.views.lists import KeepPage, OneRow

if TYPE_CHECKING:
    from typing import Any

    from places.court_days import Vacation

AHEAD = timedelta(days=183)  # public holidays are shown of about half a year


class OneAgency(OneRow):
    model, template_name, keep = Agency, "places/agency.html", agencies.KEEP

    def shown(self) -> dict[str, object]:
        if self.target.kind != AgencyKind.COURT:
            return {}
        place = self.target.jurisdiction
        today = place.today
        return {
            "is_court": True,
            "closed": [vacation for vacation in self.target.closed if vacation.ends_on >= today],
            "holidays": holidays_between(place, today, today + AHEAD),
        }


def in_words(days: Vacation) -> str:
    """“24 Dec 2026 to 2 Jan 2027: winter vacation”."""
    first, last = (date_format(day, "j M Y") for day in (days.starts_on, days.ends_on))
    return f"{first}: {days.occasion}" if first == last else f"{first} – {last}: {days.occasion}"


def _which(**words: Any) -> forms.Field:
    coerce = date.fromisoformat
    return forms.TypedChoiceField(coerce=coerce, widget=forms.RadioSelect, **words)


class DropVacation(KeepPage):
    """By hand: those of this court to choose from."""

    service, model = drop_vacation, Agency
    form_class = form_of(drop_vacation, KeepForm, on={"starts_on": _which})

    def get_form(self, form_class: type[forms.Form] | None = None) -> forms.Form:
        form = super().get_form(form_class)
        which: Any = form.fields["starts_on"]
        which.choices = [
            (days.starts_on.isoformat(), in_words(days)) for days in self.target.closed
        ]
        return form
