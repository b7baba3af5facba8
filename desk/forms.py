"""What the lists of the trail are narrowed by; the words stay in the address, so ids only."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.models import AuditKind
from desk.deed_words import ACTIONS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from core.access import ScopedQuerySet

FIRST, LAST = date(2000, 1, 1), date(2999, 12, 31)


def day_field(label: StrOrPromise) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=[MinValueValidator(FIRST), MaxValueValidator(LAST)],
    )


class FileReason(TextChoices):
    """What a list of cases is taken away for."""

    SUPERVISION = "supervision", _("A meeting about these cases")
    FIGURES = "figures", _("To check figures")
    AUTHORITY = "authority", _("A court or an authority asks for it")
    HANDOVER = "handover", _("Handing over to somebody")
    OTHER = "other", _("Another reason")


class FileForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("What is the file for?"),
        help_text=_("Kept in the history with every case of the file, and who took it."),
        choices=[("", "---------"), *FileReason.choices],
    )


class ReadersFilter(forms.Form):
    """Who saw one record: by what they did, and by person."""

    kind = forms.ChoiceField(label=_("What"), required=False)
    person = forms.ChoiceField(label=_("Person"), required=False)

    def __init__(self, data: Any, *, people: list[tuple[str, str]]) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.choices("kind", AuditKind.choices)
        self.choices("person", people)

    def choices(self, name: str, offered: Any) -> None:
        field: Any = self.fields[name]
        field.choices = [("", _("All")), *offered]

    def narrow(self, rows: Any) -> ScopedQuerySet:
        """The rows chosen. What nobody offered is said in words at its field, and not obeyed."""
        self.is_valid()
        if kind := self.cleaned_data.get("kind"):
            rows = rows.filter(kind=kind)
        if person := self.cleaned_data.get("person"):
            rows = rows.filter(actor_id=person)
        return rows

    def chosen(self) -> dict[str, str]:
        """The filters in force, as they stand in the address."""
        return {name: self.data[name] for name, value in self.cleaned_data.items() if value}


class TrailFilter(ReadersFilter):
    """The whole trail: also by day, deed and case."""

    since = day_field(_("From"))
    until = day_field(_("To"))
    action = forms.ChoiceField(label=_("Deed"), required=False)
    case = forms.UUIDField(label=_("Id of a case or a person"), required=False)
    field_order = ("since", "until", "kind", "action", "person", "case")

    def __init__(self, data: object, *, people: list[tuple[str, str]]) -> None:
        super().__init__(data, people=people)
        self.choices("action", sorted(ACTIONS.items(), key=lambda item: str(item[1])))

    def narrow(self, rows: Any) -> ScopedQuerySet:
        rows = super().narrow(rows)
        asked = self.cleaned_data
        rows = rows.between(asked.get("since"), asked.get("until"))
        if action := asked.get("action"):
            rows = rows.filter(action=action)
        if case := asked.get("case"):
            rows = rows.naming([case])
        return rows
