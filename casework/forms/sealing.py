"""Shapes of the forms about who may know of a case, and who must not."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.choosing import PersonField, PersonTicks
from accounts.models import Membership, User
from accounts.permissions import Perm
from casework.access import people_of
from casework.models import Assignment
from casework.services.conflicts import declare_conflict
from casework.services.sealing import seal_case
from core.verbs.forms import form_of

if TYPE_CHECKING:
    from accounts.models.people import UserQuerySet
    from casework.models import Case


class SealForm(form_of(seal_case, on={"people": PersonTicks})):  # type: ignore[misc]
    """By hand: who can keep access is the team."""

    def __init__(self, *args: object, team: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = team
        if not team:
            del self.fields["people"]


class ConflictForm(
    form_of(  # type: ignore[misc]
        declare_conflict,
        on={
            "user": partial(PersonField, empty_label=_("I myself")),
            "person": forms.TypedChoiceField(
                label=_("To whom in the case"),
                help_text=_(
                    "The conflict then applies in every case of that person, now and later."
                ),
                coerce=UUID,
                empty_value=None,
                required=False,
            ),
        },
        order=("user",),
    )
):
    """By hand: who is in the case, and who may say it of somebody else."""

    def __init__(self, *args: object, case: Case, reader: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        codes = [(str(pk), code) for pk, code in people_of(case, reader).items()]
        fields["person"].choices = [("", _("Nobody, or I do not know")), *codes]
        if reader.has_perm(Perm.CONFLICT_LIFT):
            fields["user"].queryset = who_may_know(case).exclude(pk=reader.pk)
        else:
            del fields["user"]


def who_may_know(case: Case) -> UserQuerySet:
    """Those with a role in the case's office or the global one, and those on its team."""
    here = Q(office=case.office_id) | Q(office__is_global=True)
    members = Membership.objects.in_force().filter(here, user=OuterRef("pk"))
    on_team = Assignment.objects.in_force().filter(case=case, user=OuterRef("pk"))
    return User.objects.filter(Exists(members) | Exists(on_team), is_active=True).order_by("name")
