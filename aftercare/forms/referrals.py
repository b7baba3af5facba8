"""Forms about referrals and services that differ from the plain ones of their verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Case, When
from django.utils.translation import gettext_lazy as _

from aftercare.enums import ReferralStatus
from aftercare.fitting import near, why_not
from aftercare.forms.fields import ProviderChoice
from aftercare.models import Provider, Referral
from aftercare.services.care import record_service
from aftercare.services.referrals import decline_referral
from casework.forms import Offering, RecordForm
from core.forms import ANY, DayField, code_or, lines, when
from core.spoken import LANGUAGES
from core.verbs.forms import form_of
from victims.enums import ConsentGiver, Relation

if TYPE_CHECKING:
    from django.db.models import Model


class FittingProvider(Offering, forms.ModelChoiceField):
    """Providers, those that fit first; beside the others stands why they do not.

    They can be chosen all the same: a house may have agreed to it on the phone.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Provider.objects.none(), empty_label=_("Choose"), **kwargs)
        self.why: dict[Any, list[str]] = {}

    def offer_in(self, form: RecordForm) -> None:
        draft, reader = form.target, form.user
        houses = near(draft.case, reader)
        self.why = why_not(draft, houses, reader)
        fit = [house.pk for house in houses if not self.why[house.pk]]
        others = Case(When(pk__in=fit, then=0), default=1)
        rows = Provider.objects.visible_to(reader).filter(pk__in=[house.pk for house in houses])
        self.queryset = rows.order_by(others, "name")

    def label_from_instance(self, obj: Model) -> str:
        reasons = self.why.get(obj.pk)
        return f"{obj} ({'. '.join(reasons)})" if reasons else str(obj)


class SendForm(RecordForm):
    """By hand: it asks for a consent as well, told whole or not at all."""

    applies = {"relation": when(given_by=[ConsentGiver.GUARDIAN])} | dict.fromkeys(
        ("given_on", "language", "expires_on"), when(given_by=ANY)
    )
    provider = FittingProvider(label=_("Provider"))
    given_by = forms.ChoiceField(
        label=_("Consent given by"),
        help_text=_("If a consent for this provider is already recorded, leave the rest empty."),
        choices=[("", _("Choose")), *ConsentGiver.choices],
        required=False,
    )
    relation = forms.ChoiceField(
        label=_("The guardian is"), choices=[("", _("Choose")), *Relation.choices], required=False
    )
    given_on = DayField(label=_("Consent given on"), required=False)
    language = forms.ChoiceField(
        label=_("Explained in"), choices=[("", _("Choose")), *LANGUAGES.items()], required=False
    )
    expires_on = DayField(
        label=_("Last day"),
        help_text=_("If empty: until it is withdrawn."),
        ahead=True,
        required=False,
    )
    asked_again = forms.BooleanField(
        label=_("The person had said no, was asked again and agrees now"),
        help_text=_("Only if a no to this provider, or to every provider, is shown above."),
        required=False,
    )
    digest = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        """A consent is told whole or not at all; nothing told leaves it to what is recorded."""
        data = super().clean() or {}
        consent = {name: data.get(name) for name in ("given_by", "given_on", "language")}
        if any(consent.values()):
            for name in consent:
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("This is needed for a consent."))
        return data


class ReferralChoice(Offering, forms.ModelChoiceField):
    """Referrals of this person that somebody took."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Referral.objects.none(), **kwargs)

    def offer_in(self, form: RecordForm) -> None:
        rows = Referral.objects.visible_to(form.user).filter(involvement=form.target)
        taken = rows.filter(status__in=ReferralStatus.TAKEN)
        self.queryset = taken.select_related("provider").order_by("sent_at")

    def label_from_instance(self, obj: Referral) -> str:
        return f"{obj.get_need_display()}, {obj.provider}: {obj.get_status_display()}"


DeclineForm = form_of(decline_referral, on={"reason": lines(3)})
ServiceForm = form_of(
    record_service,
    RecordForm,
    on={
        "provider": ProviderChoice,
        "referral": ReferralChoice,
        "session": code_or(_("No session")),
    },
)
