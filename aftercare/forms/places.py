"""Shapes of the forms about providers and placements. Rules live in the services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choosing import PersonField
from accounts.permissions import Perm
from aftercare.enums import MoveReason, Need, PlacementKind
from aftercare.forms.referrals import providers_near
from aftercare.models import Placement, Provider
from aftercare.services.staff import partners
from casework.forms import PastDay, RecordForm, places_of
from core.forms import DayField
from places.models import Jurisdiction
from victims.enums import OLDEST_MONTHS, Sex

if TYPE_CHECKING:
    from collections.abc import Iterator

REASONS = {"apart", "override"}
YEAR = 12
ORDER = (
    *("kind", "provider", "since", "planned_until", "moved_for", "until", "ended_for"),
    *("apart", "override"),
)


def reason_field(label: Any, help_text: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(
        label=label, help_text=help_text, max_length=500, required=False, widget=widget
    )


def _beds(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=9999, required=False)


def _planned_end() -> DayField:
    return DayField(
        label=_("Stays until, as planned"),
        help_text=_("It says from when the bed may be free again; it ends nothing."),
        ahead=True,
        required=False,
    )


def _years(label: Any, help_text: Any = "") -> forms.IntegerField:
    oldest = OLDEST_MONTHS // YEAR
    return forms.IntegerField(
        label=label, help_text=help_text, min_value=0, max_value=oldest, required=False
    )


class ProviderForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    jurisdiction = forms.ModelChoiceField(
        Jurisdiction.objects.none(),
        label=_("Place"),
        help_text=_("The town, never the address."),
        empty_label=_("Choose"),
        to_field_name="code",
    )
    services = forms.MultipleChoiceField(
        label=_("What it offers"), choices=Need, widget=forms.CheckboxSelectMultiple
    )
    sexes = forms.MultipleChoiceField(
        label=_("Takes only"),
        help_text=_("Nothing chosen: everyone."),
        choices=Sex,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    youngest = _years(_("From the age of"), _("In years."))
    oldest = _years(_("To the age of"), _("In years, the last one included."))
    places_female = _beds(_("Beds for girls and women"))
    places_male = _beds(_("Beds for boys and men"))
    places_any = _beds(_("Beds for anyone"))
    agreement_from = DayField(
        label=_("Sharing agreement from"),
        help_text=_("Without one in force no referral can be sent."),
        required=False,
    )
    agreement_until = DayField(label=_("Sharing agreement until"), ahead=True, required=False)
    is_active = forms.BooleanField(label=_("Takes people in"), required=False, initial=True)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jurisdiction"].queryset = places_of(user)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        low, high = data.pop("youngest", None), data.pop("oldest", None)
        data["age_min_months"] = None if low is None else low * YEAR
        data["age_max_months"] = None if high is None else high * YEAR + YEAR - 1
        return data


def as_entered(provider: Provider) -> dict[str, Any]:
    """A provider as its form shows it."""
    low, high = provider.age_min_months, provider.age_max_months
    names = set(ProviderForm.base_fields) - {"jurisdiction", "youngest", "oldest"}
    return {name: getattr(provider, name) for name in names} | {
        "jurisdiction": provider.jurisdiction.code,
        "youngest": None if low is None else low // YEAR,
        "oldest": None if high is None else high // YEAR,
    }


class StaffForm(forms.Form):
    user = PersonField(label=_("Account"), to_field_name="username")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = partners()  # type: ignore[attr-defined]


class ChangeProviderForm(ProviderForm):
    field_order = (*list(ProviderForm.base_fields)[:-3], "beds_from")
    beds_from = DayField(
        label=_("Other beds: from which day"),
        help_text=_("Nothing: from today. Nights before are counted by the beds of then."),
        ahead=True,
        required=False,
    )


class _Reasons(RecordForm):
    """Why it stands against a rule: asked only once it was refused."""

    apart = reason_field(_("If they must sleep apart: why"), _("Kept encrypted."))
    override = reason_field(
        _("If it must be this place against its rules: why"),
        _("Kept encrypted, with your name."),
    )

    def offer(self) -> None:
        """Against the rules of a provider only a case manager places somebody."""
        if not self.user.has_perm(Perm.PLACEMENT_OVERRIDE):
            del self.fields["override"]

    def __iter__(self) -> Iterator[forms.BoundField]:
        return (box for box in super().__iter__() if self._is_asked(box))

    def _is_asked(self, box: forms.BoundField) -> bool:
        if box.name not in REASONS:
            return True
        return self.is_bound and bool(self.non_field_errors() or box.errors or box.value())


class PlaceForm(_Reasons):
    field_order = ORDER
    kind = forms.ChoiceField(label=_("Where"), choices=PlacementKind, widget=forms.RadioSelect)
    provider = forms.ModelChoiceField(
        Provider.objects.none(),
        label=_("Provider"),
        empty_label=_("None: a private place"),
        required=False,
    )
    since = PastDay(label=_("First night"))
    moved_for = forms.ChoiceField(
        label=_("Why the person leaves the present place"),
        help_text=_("It ends on the first night here."),
        choices=[("", _("Has left it already")), *MoveReason.choices],
        required=False,
    )
    planned_until = _planned_end()
    until = PastDay(
        label=_("Left on"), help_text=_("Only if this is over already."), required=False
    )
    ended_for = forms.ChoiceField(
        label=_("Why left"),
        choices=[("", _("Is still there")), *MoveReason.choices],
        required=False,
    )

    def offer(self) -> None:
        super().offer()
        self.choose("provider", providers_near(self))
        if not Placement.objects.filter(involvement=self.target, until=None).exists():
            del self.fields["moved_for"]


class EndPlacementForm(_Reasons):
    until = PastDay(label=_("Left on"))
    ended_for = forms.ChoiceField(
        label=_("Why"), choices=[("", _("Choose why")), *MoveReason.choices], widget=forms.Select
    )


class CorrectPlacementForm(_Reasons):
    field_order = ("kind", "since", "planned_until", "apart", "override")
    kind = forms.ChoiceField(label=_("Where"), choices=PlacementKind, widget=forms.RadioSelect)
    since = PastDay(label=_("First night"))
    planned_until = _planned_end()
