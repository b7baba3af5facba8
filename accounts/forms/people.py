"""Shapes of the forms about accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.core.validators import RegexValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.lists import PEOPLE_TABLE
from accounts.models import Office, Status
from accounts.roles import Role
from accounts.services.changes import ask_role
from accounts.services.languages import confirm_words
from core.forms import begins, radios
from core.lists.forms import ListFilter
from core.verbs.forms import form_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User

USERNAME = r"^[a-z][a-z0-9._-]*$"
GOOD_NAME = RegexValidator(USERNAME, _("Small letters, digits, dots and hyphens, a letter first."))


def office(**words: Any) -> forms.Field:
    rows = Office.objects.filter(closed_on__isnull=True)
    return forms.ModelChoiceField(rows, to_field_name="code", empty_label=_("Choose"), **words)


class PeopleFilter(ListFilter):
    table = PEOPLE_TABLE

    office = forms.ChoiceField(label=_("Office"), required=False)
    role = forms.ChoiceField(label=_("Role"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)

    def __init__(self, data: Mapping[str, str], *, user: User) -> None:
        super().__init__(data, user=user)
        self.offer("office", Office.objects.values_list("code", "name"))
        self.offer("role", Role.choices)
        self.offer("status", Status.choices)


WordsForm = form_of(confirm_words, on={"language": begins(get_language, radios)})
RoleForm = form_of(ask_role, on={"office": office}, order=("office", "role", "reason"))


class OfficeForm(forms.Form):
    """By hand: of a person's own offices, the one whose day it is."""

    office = forms.ModelChoiceField(
        Office.objects.none(),
        label=_("Office"),
        to_field_name="code",
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args: Any, own: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office: Any = self.fields["office"]
        office.queryset = own


class InviteForm(RoleForm):  # type: ignore[misc, valid-type]
    """By hand: it makes the account as well."""

    name = forms.CharField(label=_("Name"), max_length=120)
    username = forms.RegexField(
        USERNAME,
        label=_("User name"),
        help_text=_(
            "Small letters, digits and dots; a letter first. It is typed at every sign-in."
        ),
        max_length=60,
        error_messages={"invalid": GOOD_NAME.message},
    )
    email = forms.EmailField(
        label=_("Address for mail"), help_text=_("We send the link to this address.")
    )

    field_order = ("name", "username", "email", "office", "role", "reason")


class PasswordForm(SetPasswordForm):
    """Two times the same password; the validators of the settings look at it."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        first, again = self.fields["new_password1"], self.fields["new_password2"]
        first.label, again.label = _("Password"), _("The same once more")
        first.help_text = _("At least 12 characters. No common words, and nothing like your name.")
        again.help_text = ""
