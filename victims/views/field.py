"""Pages for what the field tells of survivors later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy

from casework.forms import RecordForm
from casework.models import OnlineIncident, Rescue
from casework.views import RecordVerb
from core.forms import radios
from core.verbs.forms import form_of
from victims.enums import RANGES, AgeBand, Outcome, Sex
from victims.models import IncidentSurvivor, Involvement
from victims.services.field import add_met, amend_outcome, set_incident_survivors
from victims.services.survivors import Person

if TYPE_CHECKING:
    from django.forms import BaseForm


class MetForm(RecordForm):
    """By hand: what is asked makes a person for the verb."""

    sex = forms.ChoiceField(label=gettext_lazy("Sex"), choices=Sex, widget=forms.RadioSelect)
    age_band = forms.ChoiceField(
        label=gettext_lazy("Age"), choices=AgeBand, widget=forms.RadioSelect
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("What became of the person"),
        choices=Outcome,
        initial=Outcome.RESCUED,
        widget=forms.RadioSelect,
    )


class IncidentSurvivorsForm(RecordForm):
    """By hand: the survivors of the case."""

    survivors = forms.ModelMultipleChoiceField(
        Involvement.objects.none(),
        label=gettext_lazy("Survivors"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def offer(self) -> None:
        people = Involvement.objects.visible_to(self.user).filter(case=self.case)
        self.choose("survivors", people.select_related("victim").order_by("created_at"))
        self.fields["survivors"].label_from_instance = _in_words  # type: ignore[attr-defined]


class AmendOutcome(RecordVerb):
    model, service = Involvement, amend_outcome
    button = gettext_lazy("Amend")
    form_class = form_of(amend_outcome, RecordForm, on={"outcome": radios})

    def get_initial(self) -> dict[str, object]:
        return {"outcome": self.target.outcome}

    def after(self) -> str:
        rescue = self.target.rescue
        return str(rescue.get_absolute_url() if rescue else self.target.get_absolute_url())


class AddMet(RecordVerb):
    model, service, form_class = Rescue, add_met, MetForm
    button = gettext_lazy("Add a person")
    submit_label = gettext_lazy("Add the person")

    def act(self, form: BaseForm) -> str:
        values = form.cleaned_data
        person = Person(values["sex"], *RANGES[values["age_band"]], values["outcome"])
        add_met(self.target, person=person, actor=self.actor)
        return self.after()


class SetIncidentSurvivors(RecordVerb):
    model, service, form_class = OnlineIncident, set_incident_survivors, IncidentSurvivorsForm
    submit_label = gettext_lazy("Save")

    def get_initial(self) -> dict[str, object]:
        rows = IncidentSurvivor.objects.visible_to(self.actor).in_force()
        rows = rows.filter(incident=self.target)
        return {"survivors": list(rows.values_list("involvement", flat=True))}


def _in_words(person: Involvement) -> str:
    return f"{person.code}, {person.victim.in_words}"
