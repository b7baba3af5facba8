"""Shapes of the forms about who may know of a case, and who must not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.choosing import PersonField, PersonTicks
from accounts.models import Membership, User
from accounts.permissions import Perm
from casework.access import people_of
from casework.enums import SEAL_REASON_LENGTH, ConflictKind
from casework.models import Assignment

if TYPE_CHECKING:
    from casework.models import Case


class WhyForm(forms.Form):
    """A reason that others read."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("At least ten characters. Leave names out."),
        min_length=SEAL_REASON_LENGTH,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SealForm(WhyForm):
    people = PersonTicks(
        label=_("Who of the team keeps access"),
        help_text=_("You keep it. Everyone else loses it at once."),
        required=False,
    )

    def __init__(self, *args: Any, team: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = team  # type: ignore[attr-defined]
        if not team:
            del self.fields["people"]


class NameForm(forms.Form):
    user = PersonField(label=_("Person"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]


class ConflictForm(forms.Form):
    user = PersonField(label=_("Who has the tie"), empty_label=_("I myself"), required=False)
    kind = forms.ChoiceField(
        label=_("What ties this person to the case"),
        choices=[("", "---------"), *ConflictKind.choices],
    )
    person = forms.TypedChoiceField(
        label=_("To whom in the case"),
        help_text=_("The tie then holds in every case of that person, today and later."),
        coerce=UUID,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, case: Case, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        codes = [(str(pk), code) for pk, code in people_of(case, reader).items()]
        fields["person"].choices = [("", _("Nobody, or I do not know")), *codes]
        if reader.has_perm(Perm.CONFLICT_LIFT):
            fields["user"].queryset = who_may_know(case).exclude(pk=reader.pk)
        else:
            del fields["user"]


def who_may_know(case: Case) -> Any:
    """Those with a role in the case's office or the global one, and those on its team."""
    here = Q(office=case.office_id) | Q(office__is_global=True)
    members = Membership.objects.in_force().filter(here, user=OuterRef("pk"))
    on_team = Assignment.objects.in_force().filter(case=case, user=OuterRef("pk"))
    return User.objects.filter(Exists(members) | Exists(on_team), is_active=True).order_by("name")
