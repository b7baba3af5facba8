"""Shapes of the forms about leads, steps of an investigation and abuse online."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.columns import LONGEST_WORDS
from casework.enums import Answer
from casework.forms.agencies import AgencyChoice
from casework.forms.cases import PastDay, PlaceChoice, RecordForm, places_around
from casework.inquiry_codes import (
    LeadEnd,
    LeadSource,
    Media,
    PaidBy,
    Platform,
    Reliability,
    StepKind,
    StepResult,
)
from casework.models import Lead, OnlineIncident
from casework.models.inquiry import ELEMENTS
from core.forms import DayField
from places.countries import COUNTRIES

NOTHING = [("", "---------")]
QUESTIONS: Any = OnlineIncident._meta


def words_field(label: Any, help_text: Any = "", **kwargs: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 5})
    return forms.CharField(
        label=label, help_text=help_text, max_length=LONGEST_WORDS, widget=widget, **kwargs
    )


class LeadFacts(RecordForm):
    """What of a lead is no secret within the case."""

    source = forms.ChoiceField(
        label=_("Where it comes from"), choices=[*NOTHING, *LeadSource.choices]
    )
    reliability = forms.ChoiceField(
        label=_("How far the source can be relied on"),
        choices=Reliability,
        initial=Reliability.UNKNOWN,
    )
    jurisdiction = PlaceChoice(label=_("Place"))
    received_on = PastDay(label=_("Received on"))

    def offer(self) -> None:
        self.choose("jurisdiction", places_around(self.case))


class LeadForm(LeadFacts):
    text = words_field(_("What was heard"), _("Kept encrypted. Opening it is recorded."))
    informant = forms.CharField(
        label=_("Who told it"),
        help_text=_("Kept encrypted. Leave it empty where the person is better not known."),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    exact_place = forms.CharField(
        label=_("Exact place"),
        help_text=_("Kept encrypted."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = ("source", "text", "received_on", "jurisdiction", "reliability")


class LeadEndForm(RecordForm):
    ended = forms.ChoiceField(
        label=_("What became of it"), choices=LeadEnd, widget=forms.RadioSelect
    )
    ended_on = PastDay(label=_("Day"))
    passed_to = AgencyChoice(label=_("Passed on to"), help_text=_("Where it was passed on."))

    def offer(self) -> None:
        agency: Any = self.fields["passed_to"]
        agency.around(self.case.jurisdiction)
        self.fields["ended_on"].initial = self.case.jurisdiction.today


class LeadChoice(forms.ModelChoiceField):
    """A lead of the case that a step follows up."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code}: {obj.get_source_display()}"


class StepForm(RecordForm):
    kind = forms.ChoiceField(label=_("What is done"), choices=[*NOTHING, *StepKind.choices])
    lead = LeadChoice(Lead.objects.none(), label=_("Follows up the lead"), required=False)
    text = words_field(_("In words"), _("Kept encrypted. Opening it is recorded."), required=False)

    def offer(self) -> None:
        leads = Lead.objects.visible_to(self.user).filter(case=self.case).order_by("created_at")
        self.choose("lead", leads)


class PlanForm(StepForm):
    planned_for = DayField(label=_("Planned for"), ahead=True)
    field_order = ("kind", "planned_for", "lead", "text")


class ResultForm(RecordForm):
    result = forms.ChoiceField(
        label=_("What it brought"), choices=StepResult, widget=forms.RadioSelect
    )
    text = words_field(
        _("What was found"), _("Kept encrypted, below what is told there."), required=False
    )


class DoneForm(ResultForm):
    done_on = PastDay(label=_("Done on"))
    field_order = ("done_on", "result", "text")

    def offer(self) -> None:
        self.fields["done_on"].initial = self.case.jurisdiction.today


class DoneStepForm(StepForm):
    done_on = PastDay(label=_("Done on"))
    result = ResultForm.base_fields["result"]
    field_order = ("kind", "done_on", "result", "lead", "text")

    def offer(self) -> None:
        super().offer()
        self.fields["done_on"].initial = self.case.jurisdiction.today


class NothingMore(RecordForm):
    """The button is the whole form."""


class IncidentForm(RecordForm):
    media: Any = forms.ChoiceField(  # a form has a property of this name
        label=_("What was shown"), choices=Media, widget=forms.RadioSelect
    )
    platform = forms.ChoiceField(
        label=_("Website or app"), choices=Platform, initial=Platform.UNKNOWN
    )
    began_on = PastDay(label=_("First day"))
    ended_on = PastDay(label=_("Last day"), required=False)
    customer_country = forms.ChoiceField(
        label=_("Country of the customer"), choices=NOTHING, required=False
    )
    amount = forms.DecimalField(
        label=_("Amount paid"), max_digits=14, decimal_places=2, min_value=0, required=False
    )
    currency = forms.RegexField(
        r"^[A-Za-z]{3}$",
        label=_("Currency"),
        help_text=_("Three letters, such as USD."),
        required=False,
        max_length=3,
    )
    paid_by = forms.ChoiceField(
        label=_("How it was paid"), choices=[*NOTHING, *PaidBy.choices], required=False
    )
    for_publication, third_party_absent, for_compensation = (
        forms.ChoiceField(
            label=QUESTIONS.get_field(element).verbose_name,
            choices=Answer,
            initial=Answer.UNKNOWN,
            widget=forms.RadioSelect,
        )
        for element in ELEMENTS
    )

    def offer(self) -> None:
        countries = sorted(COUNTRIES.items(), key=lambda pair: pair[1])
        self.fields["customer_country"].choices = NOTHING + countries  # type: ignore[attr-defined]

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "amount" in data and "currency" in data:
            if data["amount"] is not None and not data["currency"]:
                self.add_error("currency", gettext("In which currency?"))
            if data["amount"] is None and data["currency"]:
                self.add_error("amount", gettext("How much?"))
        return data
