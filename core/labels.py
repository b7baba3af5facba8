"""The words for codes."""

from __future__ import annotations

from django.db import models


class Labelled(models.Model):
    """Base of every table. `get_X_display()` says one word; Django has the words of all choices
    translated for it, at each call."""

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: models.Field[object, object]) -> object:  # noqa: N802
        value = getattr(self, field.attname)
        return next((str(word) for code, word in field.flatchoices if code == value), value)
