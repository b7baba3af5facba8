"""Arrest, custody and release, one page for each."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.views import ITS_CASE
from core.web import OncePage
from prosecutions.forms.custody import ArrestForm, CustodyForm, ReleaseForm
from prosecutions.models import Custody, Suspect
from prosecutions.services.custody import begin_custody, end_custody, record_arrest
from prosecutions.views.suspects import SuspectVerb


class RecordArrest(OncePage, SuspectVerb):
    service, form_class = record_arrest, ArrestForm
    title = gettext_lazy("Record an arrest")
    intro = gettext_lazy("Made apart from a rescue. Arrests in a rescue are logged with it.")
    submit_label = gettext_lazy("Save the arrest")


class BeginCustody(OncePage, SuspectVerb):
    service, form_class = begin_custody, CustodyForm
    title = gettext_lazy("Record custody")
    intro = gettext_lazy("The docket shows it when the last day for a charge comes near.")
    submit_label = gettext_lazy("Save the custody")


class EndCustody(OncePage, SuspectVerb):
    model, service, form_class = Custody, end_custody, ReleaseForm
    beside = (*ITS_CASE, "suspect__perpetrator")
    title = gettext_lazy("Record a release")
    intro = gettext_lazy("How the custody ended, and when.")
    submit_label = gettext_lazy("Save the release")

    @property
    def suspect(self) -> Suspect:
        suspect: Suspect = self.target.suspect
        return suspect

    def about(self) -> list[tuple[Any, Any]]:
        return [*super().about(), (_("In custody since"), date_format(self.target.since, "j M Y"))]
