"""Arrest, custody, release and bail, one page for each."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.models.records import ITS_CASE
from prosecutions.forms.custody import (
    ArrestForm,
    CustodyForm,
    ReleaseForm,
)
from prosecutions.models import Arrest, Custody, Suspect
from prosecutions.services.arrests import correct_arrest, record_arrest, release_arrested
from prosecutions.services.attribution import correct_attribution
from prosecutions.services.custody import (
    begin_custody,
    correct_custody,
    end_custody,
    record_breach,
)
from prosecutions.views.courts import JudgmentVerb
from prosecutions.views.suspects import SuspectVerb


class RecordArrest(SuspectVerb):
    service, form_class = record_arrest, ArrestForm
    title = gettext_lazy("Record an arrest")
    intro = gettext_lazy(
        "Made apart from a rescue. Arrests in a rescue are logged with it. From the hour on the"
        " docket counts until when a court must see the person."
    )
    submit_label = gettext_lazy("Save the arrest")


class BeginCustody(SuspectVerb):
    service, form_class = begin_custody, CustodyForm
    title = gettext_lazy("Record custody")
    intro = gettext_lazy("Until when follows from the law. The docket warns before it is over.")
    submit_label = gettext_lazy("Save the custody")

    def get_initial(self) -> dict[str, Any]:
        """From the arrest on, of which nobody has said what became of it."""
        arrest = self.suspect.arrests.presumed().order_by("-arrested_on").first()
        return {"since": arrest.arrested_on, "since_at": arrest.arrested_at} if arrest else {}


class OfSuspectVerb(SuspectVerb):
    """A verb on a row of a suspect."""

    beside = (*ITS_CASE, "suspect__perpetrator")

    @property
    def suspect(self) -> Suspect:
        suspect: Suspect = self.target.suspect
        return suspect


class CorrectArrest(OfSuspectVerb):
    model, service, form_class = Arrest, correct_arrest, ArrestForm
    title = gettext_lazy("Correct an arrest")
    intro = gettext_lazy("The former values stay in the history.")

    def get_initial(self) -> dict[str, Any]:
        row = self.target
        names = ("arrested_on", "arrested_at", "agency", "attribution")
        return {name: getattr(row, name) for name in names}


class ReleaseArrested(OfSuspectVerb):
    model, service, form_class = Arrest, release_arrested, ReleaseForm
    title = gettext_lazy("Record a release")
    intro = gettext_lazy("Held from the arrest on. How that ended, and when.")
    submit_label = gettext_lazy("Save the release")

    def about(self) -> list[tuple[Any, Any]]:
        day = date_format(self.target.arrested_on, "j M Y")
        return [*super().about(), (_("Arrested"), day)]


class CorrectAttribution(JudgmentVerb):
    service = correct_attribution
    title = gettext_lazy("Correct whose work it was")
    intro = gettext_lazy("Figures can be counted by it. The former value stays in the history.")

    def get_initial(self) -> dict[str, Any]:
        return {"attribution": self.target.attribution}


class EndCustody(OfSuspectVerb):
    model, service, form_class = Custody, end_custody, ReleaseForm
    title = gettext_lazy("Record a release")
    intro = gettext_lazy("How the custody ended, and when.")
    submit_label = gettext_lazy("Save the release")

    def about(self) -> list[tuple[Any, Any]]:
        return [*super().about(), (_("In custody since"), date_format(self.target.since, "j M Y"))]


class CorrectCustody(OfSuspectVerb):
    model, service, form_class = Custody, correct_custody, CustodyForm
    title = gettext_lazy("Correct a custody")
    intro = gettext_lazy("The former values stay in the history.")

    def get_initial(self) -> dict[str, Any]:
        row = self.target
        names = ("since", "since_at", "provision", "in_court_on", "limit_reason")
        said = {"charge_by": row.charge_by} if row.limit_reason else {}
        return {name: getattr(row, name) for name in names} | said


class RecordBreach(OfSuspectVerb):
    model, service = Custody, record_breach
    title = gettext_lazy("Record a breach of bail")
    intro = gettext_lazy("A person who absconded counts as at large from then on.")
    submit_label = gettext_lazy("Save the breach")
