"""Shapes of the forms about referrals and services. Rules live in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Case, When
from django.utils.translation import gettext_lazy as _

from aftercare.enums import ReferralStatus, ServiceKind, SessionKind
from aftercare.fitting import near, why_not
from aftercare.models import Provider, Referral
from aftercare.models.services import LONGEST
from casework.forms import PastDay, RecordForm
from core.forms import DayField
from victims.enums import ConsentGiver, Relation
from victims.languages import LANGUAGES


def providers_near(form: RecordForm) -> Any:
    country = form.case.jurisdiction.country
    rows = Provider.objects.visible_to(form.user).filter(is_active=True)
    return rows.filter(jurisdiction__code__startswith=country).order_by("name")


class FittingProvider(forms.ModelChoiceField):
    """Providers, those that fit first; beside the others stands why they do not.

    They can be chosen all the same: a house may have agreed to it on the phone.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Provider.objects.none(), empty_label=_("Choose"), **kwargs)
        self.why: dict[Any, list[str]] = {}

    def offer(self, draft: Referral, reader: Any) -> None:
        houses = near(draft.case, reader)
        self.why = why_not(draft, houses, reader)
        fit = [one.pk for one in houses if not self.why[one.pk]]
        others = Case(When(pk__in=fit, then=0), default=1)
        rows = Provider.objects.visible_to(reader).filter(pk__in=[one.pk for one in houses])
        self.queryset = rows.order_by(others, "name")

    def label_from_instance(self, obj: Any) -> str:
        reasons = self.why.get(obj.pk)
        return f"{obj} ({'. '.join(reasons)})" if reasons else str(obj)


class SendForm(RecordForm):
    provider = FittingProvider(label=_("Provider"))
    given_by = forms.ChoiceField(
        label=_("Consent given by"),
        help_text=_("Leave the rest empty where a consent for this provider is recorded already."),
        choices=[("", _("Choose")), *ConsentGiver.choices],
        required=False,
    )
    relation = forms.ChoiceField(
        label=_("The guardian is"), choices=[("", _("Choose")), *Relation.choices], required=False
    )
    given_on = PastDay(label=_("Consent given on"), required=False)
    language = forms.ChoiceField(
        label=_("Explained in"), choices=[("", _("Choose")), *LANGUAGES.items()], required=False
    )
    expires_on = DayField(
        label=_("Last day"),
        help_text=_("Without one it holds until it is withdrawn."),
        ahead=True,
        required=False,
    )
    asked_again = forms.BooleanField(
        label=_("The person had said no, was asked again and agrees now"),
        help_text=_("Only where a no to this provider, or to every one, stands above."),
        required=False,
    )
    digest = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def offer(self) -> None:
        provider: Any = self.fields["provider"]
        provider.offer(self.target, self.user)

    def clean(self) -> dict[str, Any]:
        """A consent is told whole or not at all; nothing told leaves it to what is recorded."""
        data = super().clean() or {}
        told = {name: data.get(name) for name in ("given_by", "given_on", "language")}
        if any(told.values()):
            for name in told:
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("This is needed for a consent."))
        return data


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The sender reads it and looks for help elsewhere. Leave names out."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("How it goes"),
        help_text=_("Read by those on the case only, and kept encrypted."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ReferralChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_need_display()}, {obj.provider}: {obj.get_status_display()}"


class ServiceForm(RecordForm):
    kind = forms.ChoiceField(label=_("Service"), choices=[("", _("Choose")), *ServiceKind.choices])
    provided_on = PastDay(label=_("Date"))
    provider = forms.ModelChoiceField(Provider.objects.none(), label=_("Provider"), required=False)
    referral = ReferralChoice(
        Referral.objects.none(),
        label=_("Under a referral"),
        help_text=_("The first service under an accepted referral begins it."),
        required=False,
    )

    session = forms.ChoiceField(
        label=_("Kind of session"),
        choices=[("", _("No session")), *SessionKind.choices],
        required=False,
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=LONGEST, required=False)
    note = forms.CharField(
        label=_("Notes of the session"),
        help_text=_("Encrypted, open to the team only; whoever opens it leaves a mark."),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def offer(self) -> None:
        self.choose("provider", providers_near(self))
        rows = Referral.objects.visible_to(self.user).filter(involvement=self.target)
        taken = rows.filter(status__in=ReferralStatus.TAKEN)
        self.choose("referral", taken.select_related("provider").order_by("sent_at"))
