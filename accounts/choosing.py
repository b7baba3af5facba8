"""Choosing a person: each stands there with what they are, so that nobody takes the wrong one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Role


def with_role(person: Any) -> str:
    """“Paroma Sen – case manager”: every role in force, in whatever office. Takes `in_office`."""
    roles = dict.fromkeys(
        str(Role(membership.role).label).lower() for membership in person.in_office
    )
    return f"{person.name} – {', '.join(roles)}" if roles else person.name


class _WithRoles(ModelChoiceIterator):
    """Reads the roles of all who are offered with one query."""

    def __init__(self, field: Any) -> None:
        super().__init__(field)
        rows: Any = self.queryset
        self.queryset = rows.with_offices()


class PersonField(forms.ModelChoiceField):
    iterator = _WithRoles

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(User.objects.none(), **{"empty_label": _("Choose"), **kwargs})

    def label_from_instance(self, obj: object) -> str:
        return with_role(obj)


class PersonTicks(forms.ModelMultipleChoiceField):
    iterator = _WithRoles
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: object) -> None:
        super().__init__(User.objects.none(), **kwargs)

    def label_from_instance(self, obj: object) -> str:
        return with_role(obj)
