"""Shapes of the forms that give out and take in files of HTCDS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from casework.enums import Programme
from casework.forms import places_of
from exchange.enums import GivenAs, GivenFor, GivenTo
from exchange.models import known_source
from exchange.standards import sheets
from places.models import Jurisdiction

if TYPE_CHECKING:
    from accounts.models import User
    from casework.files.arriving import Upload


class GiveHtcdsForm(forms.Form):
    to = forms.ChoiceField(label=_("Who gets it?"), choices=[("", _("Choose")), *GivenTo.choices])
    reason = forms.ChoiceField(
        label=_("What is the file for?"),
        help_text=_("The history keeps this with everybody in the file, and who took it."),
        choices=[("", _("Choose")), *GivenFor.choices],
    )
    office = forms.ModelChoiceField(
        Office.objects.order_by("name"), label=_("Office"), to_field_name="code", required=False
    )
    programme = forms.ChoiceField(
        label=_("Programme"),
        choices=lambda: [("", _("All")), *Programme.choices],
        required=False,
    )
    format = forms.ChoiceField(label=_("Form"), choices=GivenAs.choices, required=False)


class TakeHtcdsForm(forms.Form):
    """A file, or its text once it was looked at: checked first, taken in on the second press."""

    source = forms.CharField(
        validators=[known_source],
        label=_("From whom"),
        help_text=_(
            "The organisation, always spelt the same. Casework recognises people by it and its"
            " keys."
        ),
    )
    programme = forms.ChoiceField(
        label=_("What its cases are about"), choices=Programme.offered(first=[("", _("Choose"))])
    )
    jurisdiction = forms.ModelChoiceField(
        Jurisdiction.objects.none(),
        label=_("Place of its cases"),
        to_field_name="code",
        empty_label=_("Choose"),
    )
    file = forms.FileField(
        label=_("CSV or XLSX"),
        required=False,
        allow_empty_file=True,
        help_text=_("The first line names fields of HTCDS 2.0. At most 900 kB and 300 people."),
    )
    text = forms.CharField(
        label=_("Or its lines"),
        required=False,
        strip=False,
        max_length=sheets.MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )
    digest = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jurisdiction"].queryset = places_of(user).active()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        sent: Upload | None = data.pop("file", None)
        if sent is not None:
            data["digest"] = ""  # another file than was looked at
            try:
                data["text"] = sheets.received(sent)
            except sheets.NotATable as exc:
                self.add_error("file", str(exc))
        if not data.get("text") and not self.errors:
            self.add_error("file", _("Choose a file."))
        return data

    def again(self, digest: str, user: User) -> TakeHtcdsForm:
        """The same, the file among it as text, to be taken in on the next press."""
        of = self.cleaned_data
        data = {**of, "jurisdiction": of["jurisdiction"].code, "digest": digest}
        return TakeHtcdsForm(initial=data, user=user)
