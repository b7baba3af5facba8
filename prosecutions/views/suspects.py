"""Who is suspected: added, named, known again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from casework.views import RecordVerb
from prosecutions.forms.suspects import SuspectForm
from prosecutions.models import Perpetrator, Suspect
from prosecutions.services.suspects import add_suspect, name_suspect
from prosecutions.views.perpetrators import known_already
from prosecutions.views.survivors import warn_of_survivor
from prosecutions.warned import warned

if TYPE_CHECKING:
    from django.forms import BaseForm


class AddSuspect(RecordVerb):
    service, form_class, part = add_suspect, SuspectForm, "suspects"
    submit_label = gettext_lazy("Add the suspect")

    def act(self, form: BaseForm) -> str:
        suspect = add_suspect(self.case, actor=self.actor, **form.cleaned_data)
        if warn_of_survivor(self.request, suspect) or form.cleaned_data["same_as"]:
            return self.after()
        return known_already(suspect.perpetrator, self.actor) or self.after()


@warned
class NameSuspect(RecordVerb):
    """By hand: the name is that of the person, who may be in several cases."""

    model, service = Suspect, name_suspect
    button = gettext_lazy("Write the name")
    submit_label = gettext_lazy("Save the name")

    def current(self) -> int:
        return self.target.perpetrator.version

    def get_initial(self) -> dict[str, object]:
        return {"name": self.target.perpetrator.name}

    def after(self) -> str:
        suspect = self.target
        suspect.perpetrator = Perpetrator.objects.get(pk=suspect.perpetrator_id)
        if warn_of_survivor(self.request, suspect):
            return super().after()
        return known_already(suspect.perpetrator, self.actor) or super().after()
