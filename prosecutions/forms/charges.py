"""Forms about charges that differ from the plain ones of their verbs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from core.forms import optional, radios
from core.verbs.forms import form_of
from prosecutions.enums import Plea
from prosecutions.forms.fields import CourtForm, SurvivorTicks, law_of
from prosecutions.services.charges import (
    amend_charge,
    file_charge,
    frame_charges,
    name_survivors,
    record_plea,
    revive_charges,
)


class ChargeForm(
    form_of(  # type: ignore[misc]
        file_charge, CourtForm, order=("suspect", "offence_on", "provision", "filed_on")
    )
):
    """By hand: the law is that of the court."""

    def offer(self) -> None:
        self.choose("provision", law_of(self.target))


NameSurvivorsForm = form_of(name_survivors, CourtForm, on={"survivors": optional(SurvivorTicks)})


class SomeCharges(CourtForm):
    """Which charges of a proceeding; all that may be are ticked."""

    def __init__(self, *args: object, charges: Any, **kwargs: Any) -> None:
        self.waiting = charges
        super().__init__(*args, **kwargs)

    def offer(self) -> None:
        self.choose("charges", self.waiting)
        self.fields["charges"].initial = self.waiting


FrameForm = form_of(frame_charges, SomeCharges)
ReviveForm = form_of(revive_charges, SomeCharges)


class OtherLaw(CourtForm):
    """A form that may put a charge under another provision of the day of its offence."""

    law = "provision"

    def offer(self) -> None:
        now = self.target.final_provision_id or self.target.provision_id
        rows = law_of(self.target.prosecution).in_force_on(self.target.offence_on)
        self.choose(self.law, rows.exclude(pk=now))


AmendForm = form_of(amend_charge, OtherLaw)


class PleaForm(form_of(record_plea, OtherLaw, on={"plea": radios})):  # type: ignore[misc]
    """By hand: a lesser offence is pleaded to with a plea of guilty alone."""

    law = "lesser"

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("lesser") and data.get("plea") != Plea.GUILTY:
            self.add_error("lesser", _("A plea to a lesser offence needs a plea of guilty."))
        return data
