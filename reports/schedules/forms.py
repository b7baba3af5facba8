"""Shapes of the forms about what comes every month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.enums import Programme
from places.models import Jurisdiction
from reports.base import REPORTS
from reports.schedules.models import LAST_DAY, Span

if TYPE_CHECKING:
    from reports.base import Report


class ScheduleForm(forms.Form):
    report = forms.ChoiceField(label=_("Report"))
    span = forms.ChoiceField(label=_("Period"), choices=Span)
    day = forms.IntegerField(
        label=_("Day of the month"), min_value=1, max_value=LAST_DAY, initial=1
    )
    jurisdiction = forms.ChoiceField(label=_("Place"), required=False)
    programme = forms.ChoiceField(label=_("Programme"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reports: Any = self.fields["report"]
        reports.choices = [(slug, report.title) for slug, report in sorted(REPORTS.items())]
        wide = Jurisdiction.objects.filter(level__in=("country", "state")).order_by("name")
        places: Any = self.fields["jurisdiction"]
        places.choices = [("", _("All places")), *wide.values_list("code", "name")]
        programmes: Any = self.fields["programme"]
        programmes.choices = [("", _("All programmes")), *Programme.choices]

    def clean_report(self) -> Report:
        return REPORTS[self.cleaned_data["report"]]
