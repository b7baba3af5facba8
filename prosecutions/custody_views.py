"""Arrest, custody and release, one page for each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.forms import PastDay, RecordForm
from casework.views import ITS_CASE, RecordVerb
from core.forms import DayField
from core.web import OncePage
from places.enums import AgencyKind
from places.models import Agency
from prosecutions.enums import Attribution, Release
from prosecutions.forms import agencies_of
from prosecutions.models import Custody, Suspect
from prosecutions.services.custody import begin_custody, end_custody, record_arrest

CHARGE_DAYS = {"IN": ("60", "90")}  # BNSS 2023, section 187 (3); CrPC 1973, section 167 (2)
ANOTHER_DAY = "day"


class ArrestForm(RecordForm):
    arrested_on = PastDay(label=gettext_lazy("Arrested on"))
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=gettext_lazy("Police unit"), required=False
    )
    attribution = forms.ChoiceField(
        label=gettext_lazy("Whose work led to it"),
        choices=Attribution,
        initial=Attribution.SUPPORTED,
    )

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
        country = self.case.jurisdiction.code.partition("-")[0]
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


class SuspectVerb(OncePage, RecordVerb):
    """A verb on a suspect, whom its page names by code."""

    model: Any = Suspect
    part = "suspects"
    beside = (*ITS_CASE, "perpetrator")

    @property
    def suspect(self) -> Suspect:
        suspect: Suspect = self.target
        return suspect

    def about(self) -> list[tuple[str, str]]:
        row = self.suspect
        return [(_("Suspect"), row.code), (_("Role"), row.get_role_display())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(about=self.about(), **kwargs)


class RecordArrest(SuspectVerb):
    service, form_class = record_arrest, ArrestForm
    title = gettext_lazy("Record an arrest")
    intro = gettext_lazy("Made apart from a rescue. Arrests in a rescue are logged with it.")
    submit_label = gettext_lazy("Save the arrest")


class BeginCustody(SuspectVerb):
    service, form_class = begin_custody, CustodyForm
    title = gettext_lazy("Record custody")
    intro = gettext_lazy("The docket shows it when the last day for a charge comes near.")
    submit_label = gettext_lazy("Save the custody")


class EndCustody(SuspectVerb):
    model, service, form_class = Custody, end_custody, ReleaseForm
    beside = (*ITS_CASE, "suspect__perpetrator")
    title = gettext_lazy("Record a release")
    intro = gettext_lazy("How the custody ended, and when.")
    submit_label = gettext_lazy("Save the release")

    @property
    def suspect(self) -> Suspect:
        suspect: Suspect = self.target.suspect
        return suspect

    def about(self) -> list[tuple[str, str]]:
        return [*super().about(), (_("In custody since"), date_format(self.target.since, "j M Y"))]
