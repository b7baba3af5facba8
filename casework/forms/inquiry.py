"""Forms about leads, steps of an investigation and abuse online that differ from the plain ones."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext

from casework.forms.cases import Offering, RecordForm, Today
from casework.models import Lead
from casework.models.inquiry import ELEMENTS
from casework.services.incidents import record_incident
from casework.services.leads import end_lead, record_lead
from casework.services.steps import add_step, finish_step, tell_result
from core.forms import DayField, code_or, needed, radios, some
from core.verbs.forms import NOTHING, form_of
from places.countries import by_name


def unsuggested(**words: Any) -> forms.Field:
    """A box of which the browser keeps nothing."""
    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(max_length=500, widget=widget, **words)


class LeadChoice(Offering, forms.ModelChoiceField):
    """A lead of the case that a step follows up."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Lead.objects.none(), **kwargs)

    def offer_in(self, form: RecordForm) -> None:
        leads = Lead.objects.visible_to(form.user).filter(case=form.case)
        self.queryset = leads.order_by("created_at")

    def label_from_instance(self, obj: Lead) -> str:
        return f"{obj.code}: {obj.get_source_display()}"


LeadForm = form_of(
    record_lead,
    RecordForm,
    on={"informant": unsuggested},
    order=("source", "text", "received_on", "jurisdiction", "reliability"),
)
LeadEndForm = form_of(end_lead, RecordForm, on={"ended": radios, "ended_on": Today})
# One verb, two pages: what is planned, and what was done.
PlanForm = form_of(
    add_step,
    RecordForm,
    on={
        "lead": LeadChoice,
        "planned_for": needed(partial(DayField, ahead=True)),
        "done_on": None,
        "result": None,
    },
    order=("kind", "planned_for", "lead", "text"),
)
DoneStepForm = form_of(
    add_step,
    RecordForm,
    on={
        "lead": LeadChoice,
        "planned_for": None,
        "done_on": needed(Today),
        "result": needed(radios),
    },
    order=("kind", "done_on", "result", "lead", "text"),
)
DoneForm = form_of(
    finish_step,
    RecordForm,
    on={"done_on": Today, "result": radios},
    order=("done_on", "result", "text"),
)
ResultForm = form_of(tell_result, RecordForm, on={"result": radios})


class IncidentForm(
    form_of(  # type: ignore[misc]
        record_incident,
        RecordForm,
        on={
            "media": radios,
            "customer_country": some(by_name, code_or(NOTHING[1])),
            "currency": partial(forms.RegexField, r"^[A-Za-z]{3}$", max_length=3),
            **dict.fromkeys(ELEMENTS, radios),
        },
    )
):
    """By hand: an amount has its currency, which may be typed in small letters."""

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if "amount" in data and "currency" in data:
            if data["amount"] is not None and not data["currency"]:
                self.add_error("currency", gettext("In which currency?"))
            if data["amount"] is None and data["currency"]:
                self.add_error("amount", gettext("How much?"))
        return data
