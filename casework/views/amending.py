"""Putting right what was logged of a rescue."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from casework.forms.sites import AmendRescueForm
from casework.models import Rescue
from casework.services.amending import amend_rescue
from casework.views.cases import RecordVerb


class AmendRescue(RecordVerb):
    """By hand: what took part stands in other tables."""

    model = Rescue
    service, form_class = amend_rescue, AmendRescueForm
    button = gettext_lazy("Amend")

    def get_initial(self) -> dict[str, object]:
        rescue = self.target
        agencies = list(rescue.rescue_agencies.in_force())
        return {
            "occurred_at": rescue.jurisdiction.clock(rescue.occurred_at),
            "jurisdiction": rescue.jurisdiction.code,
            "sites": [row.site_id for row in rescue.rescue_sites.in_force()],
            "agencies": [row.agency_id for row in agencies],
            "led_by_agency": next((row.agency_id for row in agencies if row.led), None),
        }
