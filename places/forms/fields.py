"""Forms about places and institutions; those from a table."""

from __future__ import annotations

from typing import Any, ClassVar

import orjson
from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.sheets.form import SheetForm
from places.models import Jurisdiction
from places.sheets import (
    AGENCY_COLUMNS,
    PLACE_COLUMNS,
    VACATION_COLUMNS,
    Sheet,
    read_agencies,
    read_places,
    read_vacations,
)

LONGEST = 900_000  # signs of an outline, with all that stands around it


class PlaceBox(forms.ModelChoiceField):
    """A place that is in use, with its code: several have the same name."""

    def __init__(self, **words: Any) -> None:
        rows = Jurisdiction.objects.active().order_by("name", "code")
        super().__init__(rows, to_field_name="code", empty_label=_("Choose"), **words)

    def label_from_instance(self, obj: object) -> str:
        return f"{obj} ({obj.code})" if isinstance(obj, Jurisdiction) else str(obj)


class OutlineBox(forms.CharField):
    """GeoJSON, pasted."""

    def __init__(self, **words: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "dir": "ltr"})
        super().__init__(max_length=LONGEST, widget=widget, **words)

    def to_python(self, value: object) -> Any:
        if not (text := super().to_python(value)):
            return None
        try:
            return orjson.loads(text)
        except orjson.JSONDecodeError as exc:
            words = _("This is not JSON: line %(line)s, column %(column)s.")
            at = {"line": exc.lineno, "column": exc.colno}
            raise forms.ValidationError(words, params=at) from None


class KeepForm(forms.Form):
    """A form about a place or an institution."""

    takes: ClassVar[dict[type, type]] = {Jurisdiction: PlaceBox}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for field in self.fields.values():
            field.label = capfirst(field.label)


class RowsForm(SheetForm):
    """What it reads are rows for a verb."""

    def handed_on(self, sheet: object) -> dict[str, object]:
        return {"rows": sheet.rows} if isinstance(sheet, Sheet) else {}


class PlacesForm(RowsForm):
    columns = ", ".join(PLACE_COLUMNS)

    def read(self, text: str) -> object:
        return read_places(text)


class AgenciesForm(RowsForm):
    columns = ", ".join(AGENCY_COLUMNS)

    def read(self, text: str) -> object:
        return read_agencies(text)


class VacationsForm(RowsForm):
    columns = ", ".join(VACATION_COLUMNS)

    def read(self, text: str) -> object:
        return read_vacations(text)
