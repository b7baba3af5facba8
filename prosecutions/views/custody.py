"""Arrest, custody, release and bail, one page for each."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from casework.views import RecordVerb
from prosecutions.forms.custody import (
    CustodyForm,
)
from prosecutions.models import Custody, Suspect
from prosecutions.services.custody import (
    begin_custody,
    correct_custody,
)
from prosecutions.warned import warned


@warned
class BeginCustody(RecordVerb):
    """By hand: it begins with the arrest."""

    model, service, form_class = Suspect, begin_custody, CustodyForm
    submit_label = gettext_lazy("Save the custody")

    def get_initial(self) -> dict[str, object]:
        """From the arrest on, of which nobody has said what became of it."""
        arrest = self.target.arrests.presumed().order_by("-arrested_on").first()
        return {"since": arrest.arrested_on, "since_at": arrest.arrested_at} if arrest else {}


@warned
class CorrectCustody(RecordVerb):
    """By hand: the limit stands there only where somebody set it."""

    model, service, form_class = Custody, correct_custody, CustodyForm

    def get_initial(self) -> dict[str, object]:
        row = self.target
        names = ("since", "since_at", "provision", "in_court_on", "limit_reason")
        limit = {"charge_by": row.charge_by} if row.limit_reason else {}
        return {name: getattr(row, name) for name in names} | limit
