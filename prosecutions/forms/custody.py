"""Shapes of the forms about arrest, custody, release and bail."""

from __future__ import annotations

from django import forms
from django.db.models import Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy

from casework.forms import AgencyChoice, PastDay, RecordForm
from core.forms import DayField, KindField
from places.enums import AgencyKind
from prosecutions.enums import Attribution, BailCondition, Breach, LimitReason, Release
from prosecutions.forms.charges import ProvisionChoice
from prosecutions.forms.courts import CURRENCIES, CurrencyField, offer_agencies
from prosecutions.forms.hearings import HourField
from prosecutions.models import Provision


class AttributionForm(RecordForm):
    attribution = forms.ChoiceField(
        label=gettext_lazy("Whose work led to it"),
        choices=Attribution,
        initial=Attribution.SUPPORTED,
    )


class ArrestForm(AttributionForm):
    arrested_on = PastDay(label=gettext_lazy("Arrested on"))
    arrested_at = HourField(
        label=gettext_lazy("At what hour"),
        help_text=gettext_lazy(
            "By the clock of the place. The hours until a court count from here; not known, from"
            " midnight."
        ),
    )
    agency = AgencyChoice(label=gettext_lazy("Police unit"))
    field_order = ("arrested_on", "arrested_at", "agency", "attribution")

    def offer(self) -> None:
        offer_agencies(self, "agency", AgencyKind.POLICE_UNIT)


class CustodyForm(RecordForm):
    """Since when and for what; the limits follow, unless somebody says why they are others."""

    since = PastDay(label=gettext_lazy("In custody since"))
    since_at = HourField(
        label=gettext_lazy("At what hour"),
        help_text=gettext_lazy("Limits in hours count from here; not known, from midnight."),
    )
    provision = ProvisionChoice(
        Provision.objects.none(),
        label=gettext_lazy("Held for"),
        help_text=gettext_lazy("How long is by its gravity. Not known: the shortest limit holds."),
        required=False,
    )
    in_court_on = PastDay(label=gettext_lazy("Brought before a court on"), required=False)
    limit_reason = forms.ChoiceField(
        label=gettext_lazy("Another limit than that of the law"),
        help_text=gettext_lazy("Then give the hours or the day that hold here."),
        choices=[("", gettext_lazy("No, the law holds")), *LimitReason.choices],
        required=False,
    )
    court_hours = forms.IntegerField(
        label=gettext_lazy("Hours until a court"), min_value=1, max_value=2160, required=False
    )
    charge_by = DayField(
        label=gettext_lazy("Last day for a charge"),
        help_text=gettext_lazy("After that day the person is entitled to bail."),
        required=False,
        ahead=True,
    )

    def offer(self) -> None:
        countries = {self.case.jurisdiction.country}
        for rows in (self.case.complaint_set, self.case.prosecution_set):
            codes = rows.annotate(at=Left("jurisdiction__code", 2)).values_list("at", flat=True)
            countries |= set(codes)
        of = Q(pk=getattr(self.target, "provision_id", None))  # what is named stays on offer
        for country in sorted(countries):
            of |= Q(jurisdiction__code__startswith=country)
        self.choose("provision", Provision.objects.filter(of))


class ReleaseForm(RecordForm):
    ended_on = PastDay(label=gettext_lazy("Released on"))
    ended: forms.ChoiceField = KindField(label=gettext_lazy("How it ended"), choices=Release)
    bail_conditions = forms.MultipleChoiceField(
        label=gettext_lazy("Conditions of the bail"),
        choices=BailCondition,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    sureties = forms.IntegerField(
        label=gettext_lazy("People who stand surety"), min_value=0, max_value=99, required=False
    )
    bail_amount = forms.DecimalField(
        label=gettext_lazy("Bond or deposit"),
        min_value=0,
        max_digits=14,
        decimal_places=2,
        required=False,
    )
    bail_currency = CurrencyField()

    def offer(self) -> None:
        country = self.case.jurisdiction.country
        self.fields["bail_currency"].initial = CURRENCIES.get(country, "")


class BreachForm(RecordForm):
    breached_on = PastDay(label=gettext_lazy("Broken on"))
    breach = KindField(label=gettext_lazy("How"), choices=Breach)
