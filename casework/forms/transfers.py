"""Shapes of the forms that hand cases over."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.choosing import PersonField
from accounts.models import Office, User
from casework.forms.cases import RecordForm
from casework.models import Assignment
from casework.services.offering import may_take_over
from casework.services.transfers import refuse_transfer, transfer_case, transfer_caseload
from core.verbs.forms import form_of

if TYPE_CHECKING:
    from django.db.models import QuerySet


class ToWhom(forms.Form):
    """One of two: a person of the same office, or another office; `both`: or each its part."""

    both = False
    takes: ClassVar[dict[Any, Any]] = {User: PersonField}

    def clean(self) -> dict[str, object]:
        data: dict[str, Any] = super().clean() or {}
        named = [data.get(name) for name in ("to_person", "to_office") if data.get(name)]
        if not self.errors and (not named or (len(named) > 1 and not self.both)):
            self.add_error("to_person", gettext("Choose a person, or an office."))
        return data


def other_offices(*offices: Any) -> QuerySet[Office]:
    return (
        Office.objects.real()
        .filter(is_global=False, closed_on__isnull=True)
        .exclude(pk__in=offices)
    )


class CaseToWhom(RecordForm, ToWhom):
    takes = RecordForm.takes


def office(**words: Any) -> forms.Field:
    return forms.ModelChoiceField(Office.objects.none(), **words)


class TransferForm(
    form_of(  # type: ignore[misc]
        transfer_case,
        CaseToWhom,
        on={
            "to_office": office,
            "from_person": partial(PersonField, empty_label=_("Nobody: beside the team")),
        },
        order=("to_person", "from_person", "to_office", "reason"),
    )
):
    """By hand: who may take the case over, and from whom."""

    def offer(self) -> None:
        team = Assignment.objects.in_force().filter(case=self.case).values("user")
        self.choose("to_person", may_take_over(self.case.office_id))
        self.choose("from_person", User.objects.filter(pk__in=team).order_by("name"))
        self.choose("to_office", other_offices(self.case.office_id))


class CaseloadForm(
    form_of(  # type: ignore[misc]
        transfer_caseload, ToWhom, on={"to_office": office}, order=("to_person", "to_office")
    )
):
    """By hand, over several offices: the person takes those of their own, the office all others."""

    def __init__(
        self, *args: Any, people: Any, offices: Any, person: User, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["to_person"].queryset = people.exclude(pk=person.pk)
        fields["to_office"].queryset = other_offices(*offices)
        if len(offices) > 1:
            self.both = True
            fields["to_office"].queryset = other_offices()
            fields["to_office"].help_text = _(
                "These are cases of several offices. If you choose a person and an office, the"
                " person is offered the cases of their own offices, and the office all others."
            )


class RefuseForm(form_of(refuse_transfer, order=("reason",))):  # type: ignore[misc]
    """By hand: whether several were offered together."""

    def __init__(self, *args: object, number: int, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if number < 2:
            del self.fields["whole"]
