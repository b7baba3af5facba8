"""Shapes of the forms about suspects, and the choice of a suspect in the forms of others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.forms import PastDay, RecordForm
from prosecutions.enums import SuspectRole
from prosecutions.models import Suspect
from prosecutions.services.persons import offer_known

if TYPE_CHECKING:
    from django.utils.safestring import SafeString


def in_words(suspect: Suspect) -> str:
    """“A-1, Owner, Invented Name”: a suspect in a list of choices."""
    parts = (suspect.code, suspect.get_role_display(), suspect.perpetrator.name)
    return ", ".join(part for part in parts if part)


class SuspectChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return in_words(obj)


class SuspectTicks(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return in_words(obj)


def suspects_of(form: RecordForm) -> Any:
    rows = Suspect.objects.visible_to(form.user).filter(case=form.case)
    return rows.select_related("perpetrator").order_by("created_at", "code")


class Suggested(forms.TextInput):
    """A text box that suggests what may stand in it."""

    suggestions: list[tuple[str, str]] = []

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        box = super().render(name, value, (attrs or {}) | {"list": f"known-{name}"}, renderer)
        options = format_html_join("", '<option value="{}">{}</option>', self.suggestions)
        return format_html('{}<datalist id="known-{}">{}</datalist>', box, name, options)


class DeathForm(RecordForm):
    died_on = PastDay(
        label=gettext_lazy("Died on"),
        help_text=gettext_lazy("Recorded in error? Leave it empty: the person lives."),
        required=False,
    )
    abated_on = PastDay(
        label=gettext_lazy("Day the court closed the charges"),
        help_text=gettext_lazy("Left empty, the day of the death."),
        required=False,
    )


class SuspectForm(RecordForm):
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=[("", "---------"), *SuspectRole.choices]
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("In any script. Leave it empty while nobody knows it."),
        max_length=200,
        required=False,
    )
    same_as = forms.CharField(
        label=gettext_lazy("Same person as"),
        help_text=gettext_lazy("Case and code of a suspect already known, as KOL-2026-0147 A-1."),
        max_length=40,
        required=False,
        widget=Suggested(attrs={"autocomplete": "off"}),
    )
    identified_on = PastDay(
        label=gettext_lazy("Day we learned of the person"),
        help_text=gettext_lazy("Left empty, today."),
        required=False,
    )

    def offer(self) -> None:
        rows = offer_known(self.case, actor=self.user)
        widget: Any = self.fields["same_as"].widget
        widget.suggestions = [(f"{row.case.reference} {row.code}", in_words(row)) for row in rows]

    def _known(self) -> Any:
        rows = Suspect.objects.visible_to(self.user).exclude(case=self.case)
        return rows.select_related("case", "perpetrator")

    def clean_same_as(self) -> Suspect | None:
        reference, _space, code = self.cleaned_data["same_as"].upper().partition(" ")
        if not reference:
            return None
        known = self._known().filter(case__reference=reference, code=code.strip()).first()
        if known is None:
            raise forms.ValidationError(_("Not found, or not open to you."))
        return known

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("same_as") and data.get("name"):
            self.add_error("name", _("Leave the name empty: the person is already known."))
        return data


class NameForm(RecordForm):
    name = forms.CharField(
        label=gettext_lazy("Name"), help_text=gettext_lazy("In any script."), max_length=200
    )
