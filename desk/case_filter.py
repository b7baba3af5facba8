"""What the list of cases is narrowed by; it stands in the address, so codes and days only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from accounts.permissions import Perm
from casework.enums import CaseStatus, Programme, SupportLevel
from casework.forms import places_of
from desk.forms import day_field
from places.enums import JurisdictionLevel

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from accounts.models import User
    from core.access import ScopedQuerySet

ME, NOBODY = "me", "nobody"


class CaseFilter(forms.Form):
    """A value nobody offered is said in words at its field, and not obeyed."""

    team = forms.ChoiceField(label=_("Team"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    place = forms.ChoiceField(label=_("Place"), required=False)
    office = forms.ChoiceField(label=_("Office"), required=False)
    support = forms.ChoiceField(label=_("Support"), required=False)
    opened_from = day_field(_("Opened from"))
    opened_to = day_field(_("Opened to"))

    def __init__(self, data: Mapping[str, str], *, user: User) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.user = user
        teams = [(ME, _("My cases"))]
        if user.has_perm(Perm.TEAM_VIEW):
            teams.append((NOBODY, _("Nobody on it")))
        places = places_of(user)
        if user.home_office is None:  # of the whole world, the countries are enough to choose from
            places = places.filter(level=JurisdictionLevel.COUNTRY)
        offices = Office.objects.filter(is_global=False)
        self._offer("team", teams)
        self._offer("status", CaseStatus.choices)
        self._offer("programme", Programme.choices)
        self._offer("place", places.values_list("code", "name"))
        self._offer("office", offices.values_list("code", "name"))
        self._offer("support", SupportLevel.choices)

    def _offer(self, name: str, choices: Iterable[tuple[object, object]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", _("All")), *choices]

    def narrow(self, rows: object) -> Any:
        """The rows chosen."""
        self.is_valid()
        asked = self.cleaned_data
        for name, narrowed in NARROWED.items():
            if value := asked.get(name):
                rows = narrowed(rows, value, self.user)
        return rows

    def chosen(self) -> dict[str, str]:
        """The filters in force, as they stand in the address."""
        return {name: self.data[name] for name, value in self.cleaned_data.items() if value}

    def chips(self, path: str) -> list[dict[str, str]]:
        """Each filter in force, with the address without it."""
        chosen = self.chosen()
        found = []
        for name in chosen:
            rest = urlencode({key: value for key, value in chosen.items() if key != name})
            label = f"{self.fields[name].label}: {self._in_words(name)}"
            found.append({"label": label, "remove_url": f"{path}?{rest}" if rest else path})
        return found

    def _in_words(self, name: str) -> str:
        field, value = self.fields[name], self.cleaned_data[name]
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices)[value])  # type: ignore[arg-type]
        return date_format(value, "j M Y")


def _team(rows: Any, value: str, user: User) -> Any:
    return rows.of_team(user) if value == ME else rows.open().without_anybody()


def _place(rows: ScopedQuerySet, value: str, _user: User) -> ScopedQuerySet:
    return rows.filter(jurisdiction__ancestor_links__ancestor__code=value)


def _since(rows: ScopedQuerySet, value: date, _user: User) -> ScopedQuerySet:
    return rows.filter(opened_on__gte=value)


def _until(rows: ScopedQuerySet, value: date, _user: User) -> ScopedQuerySet:
    return rows.filter(opened_on__lte=value)


def _equal(column: str) -> Any:
    return lambda rows, value, _user: rows.filter(**{column: value})


NARROWED = {
    "team": _team,
    "status": _equal("status"),
    "programme": _equal("programme"),
    "place": _place,
    "office": _equal("office__code"),
    "support": _equal("support_level"),
    "opened_from": _since,
    "opened_to": _until,
}
