"""Shapes of the forms about referrals and services. Rules live in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aftercare.enums import ReferralStatus, ServiceKind
from aftercare.models import Provider, Referral
from casework.forms import PastDay, RecordForm
from victims.enums import ConsentGiver
from victims.languages import LANGUAGES

def providers_near(form: RecordForm) -> Any:
    country = form.case.jurisdiction.country
    rows = Provider.objects.visible_to(form.user).filter(is_active=True)
    return rows.filter(jurisdiction__code__startswith=country).order_by("name")


class SendForm(RecordForm):
    provider = forms.ModelChoiceField(Provider.objects.none(), label=_("Provider"))
    given_by = forms.ChoiceField(
        label=_("Consent given by"), choices=[("", "---------"), *ConsentGiver.choices]
    )
    given_on = PastDay(label=_("Consent given on"))
    language = forms.ChoiceField(
        label=_("Explained in"), choices=[("", "---------"), *LANGUAGES.items()]
    )

    def offer(self) -> None:
        self.choose("provider", providers_near(self))


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The sender reads it and looks for help elsewhere. Leave names out."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReferralChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_need_display()}, {obj.provider}: {obj.get_status_display()}"


class ServiceForm(RecordForm):
    kind = forms.ChoiceField(label=_("Service"), choices=[("", "---------"), *ServiceKind.choices])
    provided_on = PastDay(label=_("Date"))
    provider = forms.ModelChoiceField(Provider.objects.none(), label=_("Provider"), required=False)
    referral = ReferralChoice(
        Referral.objects.none(),
        label=_("Under a referral"),
        help_text=_("The first service under an accepted referral begins it."),
        required=False,
    )

    def offer(self) -> None:
        self.choose("provider", providers_near(self))
        rows = Referral.objects.visible_to(self.user).filter(involvement=self.target)
        taken = rows.filter(status__in=ReferralStatus.TAKEN)
        self.choose("referral", taken.select_related("provider").order_by("sent_at"))
