"""Forms about providers and placements that differ from the plain ones of their verbs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choosing import PersonField
from accounts.permissions import Perm
from aftercare.enums import Need, PlacementKind
from aftercare.forms.fields import ProviderChoice
from aftercare.lists import PROVIDER_TABLE
from aftercare.models import Placement, Provider
from aftercare.provider_search import AGES, MONTHS, taking, with_bed_tonight
from aftercare.services.placements import correct_placement, end_placement, place
from aftercare.services.providers import change_provider, register_provider
from aftercare.services.staff import add_staff, partners
from aftercare.sheets import COLUMNS, read_providers
from casework.forms import RecordForm, places_of
from core.forms import ANY, code_or, when
from core.lists.forms import ListFilter
from core.verbs.forms import form_of
from places.forms.fields import RowsForm
from victims.enums import OLDEST_MONTHS, Sex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django_stubs_ext import StrOrPromise

    from accounts.models import User
    from core.access import ScopedQuerySet

REASONS = {"apart", "override"}
HOUSES = [kind for kind in PlacementKind.values if kind not in PlacementKind.AMONG_FAMILY]
YEAR = 12
BY_YEARS = {"age_min_months": None, "age_max_months": None}
OFFERED = (
    *("name", "jurisdiction", "services", "sexes", "youngest", "oldest"),
    *("places_female", "places_male", "places_any"),
)
ORDER = (
    *("kind", "provider", "since", "planned_until", "moved_for", "until", "ended_for"),
    *("apart", "override"),
)


class ProviderFilter(ListFilter):
    """Who asks for something is shown who takes people in now."""

    table = PROVIDER_TABLE
    named = {"need": "services", "sex": "sexes", "place": "jurisdiction"}

    place = forms.ChoiceField(label=_("Place"), required=False)
    need = forms.ChoiceField(label=_("Needed"), required=False)
    sex = forms.ChoiceField(label=_("For"), required=False)
    age = forms.ChoiceField(label=_("Age"), required=False)
    tonight = forms.ChoiceField(label=_("Bed"), required=False)

    def __init__(self, data: Mapping[str, str], *, user: User) -> None:
        super().__init__(data, user=user)
        self.reader = user
        self.offer("place", places_of(user).values_list("code", "name"))
        self.offer("need", Need.choices)
        self.offer("sex", Sex.choices)
        self.offer("age", [(code, label) for code, label, _months in AGES])
        self.offer("tonight", [("1", _("Free tonight"))])

    def narrow(self, rows: ScopedQuerySet) -> ScopedQuerySet:
        """A house of which the reader is not told how full it is may have a bed: it is asked."""
        rows, chosen = super().narrow(rows), self.chosen()
        if chosen.keys() - {"place"}:
            rows = rows.filter(is_active=True)
        if age := chosen.get("age"):
            rows = rows.filter(taking(MONTHS[age]))
        if chosen.get("tonight"):
            rows = with_bed_tonight(chosen.get("sex", ""))(rows, self.reader)
        return rows


def _years(label: StrOrPromise, help_text: StrOrPromise = "") -> forms.IntegerField:
    oldest = OLDEST_MONTHS // YEAR
    return forms.IntegerField(
        label=label, help_text=help_text, min_value=0, max_value=oldest, required=False
    )


class _ByYears(forms.Form):
    """Asks in years for the ages that are kept in months."""

    youngest = _years(_("From the age of"), _("In years."))
    oldest = _years(_("To the age of"), _("In years, the last one included."))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jurisdiction"].queryset = places_of(user).active()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        low, high = data.pop("youngest", None), data.pop("oldest", None)
        data["age_min_months"] = None if low is None else low * YEAR
        data["age_max_months"] = None if high is None else high * YEAR + YEAR - 1
        return data


ProviderForm = form_of(register_provider, _ByYears, on=BY_YEARS, order=OFFERED)


class ChangeProviderForm(
    form_of(change_provider, _ByYears, on=BY_YEARS, order=(*OFFERED, "beds_from"))  # type: ignore[misc]
):
    """By hand: a person may put its place right as well."""

    jurisdiction = ProviderForm.base_fields["jurisdiction"]


def as_entered(provider: Provider) -> dict[str, object]:
    """A provider as its form shows it."""
    low, high = provider.age_min_months, provider.age_max_months
    names = set(ProviderForm.base_fields) - {"jurisdiction", "youngest", "oldest"}
    return {name: getattr(provider, name) for name in names} | {
        "jurisdiction": provider.jurisdiction.code,
        "youngest": None if low is None else low // YEAR,
        "oldest": None if high is None else high // YEAR,
    }


class ProvidersForm(RowsForm):
    columns = ", ".join(COLUMNS)

    def read(self, text: str) -> object:
        return read_providers(text)


class StaffForm(form_of(add_staff, on={"user": partial(PersonField, to_field_name="username")})):  # type: ignore[misc]
    """By hand: accounts of partners alone."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = partners()


class _Reasons(RecordForm):
    """Why it stands against a rule: asked only once it was refused."""

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


class PlaceForm(
    form_of(  # type: ignore[misc]
        place,
        _Reasons,
        on={
            "provider": partial(ProviderChoice, empty_label=_("None: a private place")),
            "moved_for": code_or(_("Has left it already")),
            "ended_for": code_or(_("Is still there")),
        },
        order=ORDER,
    )
):
    """By hand: who is among family has no provider, who is nowhere yet leaves no place, who has not
    left has no reason for it."""

    applies = {"ended_for": when(until=ANY)}

    def offer(self) -> None:
        super().offer()
        fields: Any = self.fields
        fields["provider"].applies = when(kind=HOUSES)
        if not Placement.objects.filter(involvement=self.target, until=None).exists():
            del fields["moved_for"]


EndPlacementForm = form_of(end_placement, _Reasons, order=("until", "ended_for", "apart"))
CorrectPlacementForm = form_of(
    correct_placement,
    _Reasons,
    order=("kind", "since", "planned_until", "apart"),
)
