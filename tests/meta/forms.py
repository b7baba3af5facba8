"""What a person would send who was shown a form."""

from __future__ import annotations

import re
from typing import Any

from django import forms

WORDS = "Invented words of more than twenty characters"


def filled(answer: Any) -> dict[str, Any] | None:
    """What a person would send who was shown this form."""
    form = (answer.context or {}).get("form") if answer.status_code == 200 else None
    if form is None:
        return None
    hidden = re.findall(r'name="(version|key)"[^>]* value="([^"]*)"', answer.content.decode())
    sent = dict(hidden)
    for name, box in form.fields.items():
        given = form.get_initial_for_field(box, name)
        if given not in (None, ""):
            sent[name] = box.prepare_value(given)
        elif box.required or name.startswith("charge-"):
            sent[name] = value_for(box)
    return {name: value for name, value in sent.items() if value is not None}


def value_for(box: forms.Field) -> Any:
    if isinstance(box, forms.ModelChoiceField):
        row = box.queryset.first()
        return row and box.prepare_value(row)
    if isinstance(box, forms.MultipleChoiceField):
        return [value for value, _label in box.choices][:1]
    if isinstance(box, forms.ChoiceField):
        return next((value for value, _label in box.choices if value), None)
    if isinstance(box, forms.BooleanField):
        return "on"
    if isinstance(box, forms.IntegerField):
        return "1"
    if isinstance(box, forms.DateField):
        return "2026-11-01"
    return WORDS
