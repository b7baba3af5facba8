"""The verbs on charges, one page each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from casework.views import RecordVerb
from core.refusals import gettext as _
from core.services import Refused
from prosecutions.forms.charges import (
    AmendForm,
    ChargeForm,
    FrameForm,
    NameSurvivorsForm,
    PleaForm,
    ReviveForm,
)
from prosecutions.models import Charge, Prosecution
from prosecutions.services.charges import (
    amend_charge,
    file_charge,
    frame_charges,
    name_survivors,
    record_plea,
    revive_charges,
)
from prosecutions.stages import StageTable
from prosecutions.warned import warned
from victims.models import Involvement

if TYPE_CHECKING:
    from accounts.models import User
    from prosecutions.querysets import ChargeQuerySet

LAW = ("suspect", "provision", "final_provision")


def charges_of(prosecution: Prosecution, reader: User) -> ChargeQuerySet:
    """Those this person may see, as forms list them."""
    rows: ChargeQuerySet = Charge.objects.visible_to(reader).filter(prosecution=prosecution)
    return rows.select_related(*LAW).order_by("created_at")


@warned
class FileCharge(RecordVerb):
    """By hand: it begins with the day of the proceeding."""

    model = Prosecution
    service, form_class = file_charge, ChargeForm
    template_name = "prosecutions/charge_form.html"
    submit_label = gettext_lazy("File the charge")

    def get_initial(self) -> dict[str, object]:
        return {"filed_on": self.target.filed_on}


@warned
class FrameCharges(RecordVerb):
    """By hand: which charges wait, and what this country calls it."""

    model = Prosecution
    service, form_class = frame_charges, FrameForm
    submit_label = gettext_lazy("Save")
    intro = gettext_lazy("The day the court took on these charges, and which.")

    @property
    def title(self) -> str:
        return StageTable.of(self.target.proceeding).framed.words

    def get_form_kwargs(self) -> dict[str, object]:
        if not self.waiting:
            raise Refused(_("Every charge is already framed or decided."))
        return super().get_form_kwargs() | {"charges": self.waiting}

    @cached_property
    def waiting(self) -> ChargeQuerySet:
        rows = charges_of(self.target.proceeding, self.actor)
        return rows.undecided().filter(framed_on__isnull=True)


@warned
class ReviveCharges(RecordVerb):
    """By hand: which charges sleep."""

    model = Prosecution
    service, form_class = revive_charges, ReviveForm
    submit_label = gettext_lazy("Take them up again")

    def get_form_kwargs(self) -> dict[str, object]:
        if not self.asleep:
            raise Refused(_("No charge of this prosecution is archived or stayed."))
        return super().get_form_kwargs() | {"charges": self.asleep}

    @cached_property
    def asleep(self) -> ChargeQuerySet:
        return charges_of(self.target.proceeding, self.actor).asleep()


@warned
class RecordPlea(RecordVerb):
    """By hand: a new answer, so no former one stands there."""

    model = Charge
    service, form_class = record_plea, PleaForm
    submit_label = gettext_lazy("Save the plea")

    def get_initial(self) -> dict[str, object]:
        return {}


@warned
class AmendCharge(RecordVerb):
    """By hand: another provision, so that of now does not stand there."""

    model = Charge
    service, form_class = amend_charge, AmendForm
    submit_label = gettext_lazy("Save the change")

    def get_initial(self) -> dict[str, object]:
        return {}


@warned
class NameSurvivors(RecordVerb):
    """By hand: those named so far are ticked."""

    model = Charge
    service, form_class = name_survivors, NameSurvivorsForm
    button = gettext_lazy("Survivors")

    def get_initial(self) -> dict[str, object]:
        rows = Involvement.objects.visible_to(self.actor).filter(charges__charge=self.target)
        return {"survivors": list(rows)}
