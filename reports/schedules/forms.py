"""Shapes of the forms about what comes by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choosing import PersonTicks
from casework.enums import Programme
from places.enums import JurisdictionLevel
from places.models import Jurisdiction
from reports.base import REPORTS
from reports.outside.models import OutsideAddress
from reports.schedules.models import LAST_DAY, Rhythm, Span

if TYPE_CHECKING:
    from accounts.models.people import UserQuerySet
    from reports.base import Report
    from reports.outside.models import OutsideAddressQuerySet


class ScheduleForm(forms.Form):
    report = forms.ChoiceField(label=_("Report"))
    span = forms.ChoiceField(label=_("Period"), choices=Span, initial=Span.MONTH)
    every = forms.ChoiceField(label=_("How often"), choices=Rhythm, initial=Rhythm.MONTH)
    day = forms.IntegerField(
        label=_("On which day"),
        min_value=1,
        max_value=LAST_DAY,
        initial=1,
        help_text=_(
            "Of a week from 1 (Monday) to 7, of a month from 1 to 28. Of a quarter it is a day of "
            "its first month."
        ),
    )
    people = PersonTicks(
        label=_("Also for"),
        required=False,
        help_text=_(
            "It is computed for each of them from the cases they may count, and they can stop it."
        ),
    )
    jurisdiction = forms.ChoiceField(label=_("Place"), required=False)
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    outside = forms.ModelMultipleChoiceField(
        OutsideAddress.objects.none(),
        label=_("To outside addresses"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Each time a release is proposed. It is sent once a second person lets it out."
        ),
    )
    level = forms.ChoiceField(
        label=_("Places down to"),
        choices=JurisdictionLevel,
        initial=JurisdictionLevel.COUNTRY,
        help_text=_("Wider places merge the groups of narrower ones."),
    )
    by_programme = forms.BooleanField(label=_("Divided by programme"), required=False)

    def __init__(
        self,
        *args: Any,
        offered: UserQuerySet,
        addresses: OutsideAddressQuerySet,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["people"]
        people.queryset = offered.order_by("name", "pk")
        if not offered:
            del self.fields["people"]
        self._offer(addresses)
        if "report" in self.fields:
            reports: Any = self.fields["report"]
            reports.choices = [(slug, report.title) for slug, report in sorted(REPORTS.items())]
        wide = Jurisdiction.objects.filter(level__in=("country", "state")).order_by("name")
        places: Any = self.fields["jurisdiction"]
        places.choices = [("", _("All places")), *wide.values_list("code", "name")]
        programmes: Any = self.fields["programme"]
        programmes.choices = [("", _("All programmes")), *Programme.choices]

    def _offer(self, addresses: OutsideAddressQuerySet) -> None:
        """Where there are none, nothing about them is asked."""
        if not addresses:
            for name in ("outside", "level", "by_programme"):
                del self.fields[name]
            return
        outside: Any = self.fields["outside"]
        outside.queryset = addresses.order_by("organisation", "pk")

    def clean_report(self) -> Report:
        return REPORTS[self.cleaned_data["report"]]


class ChangeScheduleForm(ScheduleForm):
    """Another report is another schedule."""

    report = None  # type: ignore[assignment]
