"""Shapes of the forms about a person across cases."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.alike.matching import Apart, MatchStatus
from core.alike.merging import one_person
from core.forms import code_or, some
from core.verbs.forms import form_of
from places.countries import by_name
from prosecutions.models import Perpetrator, Suspect
from prosecutions.persons import may_write_about, within_reach
from prosecutions.services.perpetrators import describe_perpetrator

if TYPE_CHECKING:
    from accounts.models import User


class PersonForm(forms.Form):
    """A form about a person; `target` is the record, `user` who fills it in."""

    def __init__(self, *args: Any, target: Perpetrator, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.target, self.user = target, user


DescribeForm = form_of(
    describe_perpetrator,
    PersonForm,
    on={
        "nationality": some(by_name, code_or(gettext_lazy("Not known"))),
        "born_year": partial(forms.IntegerField, min_value=1, max_value=9999),
    },
)


class MergeForm(PersonForm):
    """The record found to be of the same person."""

    other = forms.ModelChoiceField(
        Perpetrator.objects.none(), label=gettext_lazy("Person"), widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = within_reach(Perpetrator.objects.visible_to(self.user), self.user)
        rows = rows.exclude(one_person(self.target))
        self.fields["other"].queryset = rows  # type: ignore[attr-defined]


class JudgeForm(MergeForm):
    """The record this one is compared with, and what is said of the two."""

    answer = forms.ChoiceField(
        choices=[(s.value, s.label) for s in MatchStatus if s != MatchStatus.OPEN]
    )
    reason = forms.ChoiceField(choices=[("", ""), *Apart.choices], required=False)


class AskForm(MergeForm):
    """Which record to look at beside this one: from the list, or by case and code."""

    suspect = forms.CharField(
        label=gettext_lazy("Case and code"),
        help_text=gettext_lazy("Case and code of a known suspect, such as KOL-2026-0147 A-1."),
        max_length=40,
        required=False,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].required = False

    def clean_suspect(self) -> Perpetrator | None:
        reference, _space, code = self.cleaned_data["suspect"].upper().partition(" ")
        if not reference:
            return None
        rows = Suspect.objects.visible_to(self.user).select_related("perpetrator")
        row = rows.filter(case__reference=reference, code=code.strip()).first()
        if row is None or not may_write_about(row.perpetrator, self.user):
            raise forms.ValidationError(_("Not found, or not open to you."))
        perpetrator: Perpetrator = row.perpetrator
        if perpetrator.person == self.target.person:
            raise forms.ValidationError(_("These records are already one person."))
        return perpetrator

    @property
    def found(self) -> Perpetrator | None:
        if not self.is_bound or not self.is_valid():
            return None
        return self.cleaned_data.get("other") or self.cleaned_data.get("suspect")
