"""Putting right what was logged of a rescue."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.forms.sites import AmendRescueForm
from casework.models import Rescue
from casework.models.records import ITS_CASE
from casework.services.amending import add_narrative, amend_rescue
from casework.views.cases import RecordVerb


class RescueVerb(RecordVerb):
    """A verb on a rescue, which stands above the form."""

    model, beside = Rescue, (*ITS_CASE, "jurisdiction")

    def about(self) -> list[tuple[Any, Any]]:
        when = self.target.jurisdiction.clock(self.target.occurred_at)
        words = f"{date_format(when, 'j M Y, H:i')}, {self.target.jurisdiction.name}"
        return [(_("Rescue"), words)]

    def after(self) -> str:
        return str(self.target.get_absolute_url())


class AmendRescue(RescueVerb):
    service, form_class = amend_rescue, AmendRescueForm
    title = gettext_lazy("Amend a rescue")
    intro = gettext_lazy("The history keeps what was there before and who changed it.")

    def after(self) -> str:
        return str(self.target.get_absolute_url())

    def get_initial(self) -> dict[str, Any]:
        rescue = self.target
        agencies = list(rescue.rescue_agencies.in_force())
        return {
            "occurred_at": rescue.jurisdiction.clock(rescue.occurred_at),
            "jurisdiction": rescue.jurisdiction.code,
            "sites": [row.site_id for row in rescue.rescue_sites.in_force()],
            "agencies": [row.agency_id for row in agencies],
            "led_by_agency": next((row.agency_id for row in agencies if row.led), None),
        }


class AddNarrative(RescueVerb):
    service = add_narrative
    title = gettext_lazy("Tell more of a rescue")
    intro = gettext_lazy("Kept encrypted. Opening it is recorded.")
    submit_label = gettext_lazy("Add it")
