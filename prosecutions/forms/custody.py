"""Shapes of the forms about arrest, custody and release."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.forms import PastDay, RecordForm
from core.forms import DayField
from places.enums import AgencyKind
from places.models import Agency
from prosecutions.enums import Attribution, Release
from prosecutions.forms.courts import agencies_of

CHARGE_DAYS = {"IN": ("60", "90")}  # BNSS 2023, section 187 (3); CrPC 1973, section 167 (2)


class AttributionForm(RecordForm):
    attribution = forms.ChoiceField(
        label=gettext_lazy("Whose work led to it"),
        choices=Attribution,
        initial=Attribution.SUPPORTED,
    )


class ArrestForm(AttributionForm):
    arrested_on = PastDay(label=gettext_lazy("Arrested on"))
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=gettext_lazy("Police unit"), required=False
    )
    field_order = ("arrested_on", "agency", "attribution")

    def offer(self) -> None:
        self.choose("agency", agencies_of(self, AgencyKind.POLICE_UNIT))


class CustodyForm(RecordForm):
    since = PastDay(label=gettext_lazy("In custody since"))
    limit = forms.ChoiceField(
        label=gettext_lazy("A charge must be filed within"),
        help_text=gettext_lazy("After that day the person is entitled to bail."),
        required=False,
    )
    charge_by = DayField(label=gettext_lazy("Or by this day"), required=False, ahead=True)

    def offer(self) -> None:
        country = self.case.jurisdiction.country
        days = [(n, _("%(n)s days") % {"n": n}) for n in CHARGE_DAYS.get(country, ())]
        choices: Any = self.fields["limit"]
        choices.choices = [("", _("No limit, or not known")), *days]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        limit = data.pop("limit", "")
        if limit and data.get("charge_by"):
            self.add_error("charge_by", _("Either a number of days, or a day."))
        elif limit and data.get("since"):
            data["charge_by"] = data["since"] + timedelta(days=int(limit))
        return data


class ReleaseForm(RecordForm):
    ended_on = PastDay(label=gettext_lazy("Released on"))
    ended = forms.ChoiceField(label=gettext_lazy("How it ended"), choices=Release)
