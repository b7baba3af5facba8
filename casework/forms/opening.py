"""Forms that open a case to someone and differ from the plain ones of their verbs."""

from __future__ import annotations

from functools import partial

from casework.enums import DISCLOSED_AT_MOST, Part
from casework.forms.cases import RecordForm
from casework.services.disclosures import propose_disclosure
from casework.services.emergencies import review_glass
from casework.services.opening import prosecutors
from core.forms import TypedDay, radios, ticks
from core.verbs.forms import form_of


class DisclosureForm(
    form_of(  # type: ignore[misc]
        propose_disclosure,
        RecordForm,
        on={
            "parts": partial(ticks, choices=Part),
            "until": TypedDay,
        },
        order=("user", "parts", "basis", "document", "until"),
    )
):
    """By hand: prosecutors alone, and a last day within the time the rules give."""

    def offer(self) -> None:
        self.choose("user", prosecutors().order_by("name"))
        today = self.case.jurisdiction.today
        attrs = self.fields["until"].widget.attrs
        attrs["min"] = today.isoformat()
        attrs["max"] = (today + DISCLOSED_AT_MOST).isoformat()


ReviewForm = form_of(review_glass, on={"finding": radios})
