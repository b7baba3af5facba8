"""Who of the suspects was there at a rescue."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from casework.models import Rescue
from casework.views import RecordVerb
from core.forms import optional
from core.verbs.forms import form_of
from prosecutions.forms.fields import CourtForm, SuspectTicks, suspects_of
from prosecutions.models import Arrest, SuspectMet
from prosecutions.services.met import set_suspects_met


class SuspectsMetForm(
    form_of(set_suspects_met, CourtForm, on={"suspects": optional(SuspectTicks)})  # type: ignore[misc]
):
    """By hand: not those who were arrested there."""

    def offer(self) -> None:
        arrested = Arrest.objects.filter(rescue=self.target).values("suspect")
        self.choose("suspects", suspects_of(self).exclude(pk__in=arrested))


class SetSuspectsMet(RecordVerb):
    model, service, form_class = Rescue, set_suspects_met, SuspectsMetForm
    button = gettext_lazy("Change")
    submit_label = gettext_lazy("Save")

    def get_initial(self) -> dict[str, object]:
        rows = SuspectMet.objects.visible_to(self.actor).in_force().filter(rescue=self.target)
        return {"suspects": list(rows.values_list("suspect", flat=True))}
