"""The form of the planner: nothing is kept."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from studies.forms.fields import PercentField
from studies.statistics import sample_size


class SampleSizeForm(forms.Form):
    before = PercentField(label=_("Share of minors before, in percent"))
    after = PercentField(label=_("Share that should still be distinguishable from it, in percent"))
    power = forms.TypedChoiceField(
        label=_("Chance of finding a difference if there is one"),
        choices=[("0.8", "80 %"), ("0.9", "90 %"), ("0.95", "95 %")],
        coerce=float,
        initial="0.8",
    )
    effect = forms.DecimalField(
        label=_("Design effect"),
        help_text=_("1 for people asked one by one; 2 or more if venues are the clusters."),
        min_value=1,
        max_value=50,
        max_digits=5,
        decimal_places=2,
        initial=1,
    )

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if "before" in data and data.get("before") == data.get("after"):
            raise forms.ValidationError(_("Choose two different shares."))
        return data

    def size(self) -> int:
        """People in each of the two rounds."""
        data = self.cleaned_data
        shares = (float(data["before"]), float(data["after"]))
        return sample_size(*shares, power=data["power"], effect=float(data["effect"]))
