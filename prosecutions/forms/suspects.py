"""Forms about suspects that differ from the plain ones of their verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from core.verbs.forms import form_of
from prosecutions.forms.fields import CourtForm, Suggested, in_words
from prosecutions.models import Suspect
from prosecutions.services.persons import offer_known
from prosecutions.services.suspects import add_suspect

if TYPE_CHECKING:
    from prosecutions.statuses import SuspectQuerySet


def known_before(**words: Any) -> forms.Field:
    return forms.CharField(max_length=40, widget=Suggested(attrs={"autocomplete": "off"}), **words)


class SuspectForm(form_of(add_suspect, CourtForm, on={"same_as": known_before})):  # type: ignore[misc]
    """By hand: who is known already is named by case and code."""

    def offer(self) -> None:
        rows = offer_known(self.case, actor=self.user)
        widget: Any = self.fields["same_as"].widget
        widget.suggestions = [(f"{row.case.reference} {row.code}", in_words(row)) for row in rows]

    def _known(self) -> SuspectQuerySet:
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

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("same_as") and data.get("name"):
            self.add_error("name", _("Leave the name empty: the person is already known."))
        return data
