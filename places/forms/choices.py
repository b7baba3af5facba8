"""Forms about lists of choices: a box for the name in each language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from core.choices import LISTS
from core.forms import KindField, code_or, some
from core.verbs.forms import form_of
from places.choices import LONGEST, Choice, lists
from places.forms.fields import KeepForm, RowsForm
from places.services.choices import add_choice, change_choice
from places.sheets import CHOICE_COLUMNS, read_choices

BOXES = {f"name_{code}": code for code, _language in settings.LANGUAGES}


class NamesForm(KeepForm):
    """The verb takes the names together."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        languages = dict(settings.LANGUAGES)
        for box, code in BOXES.items():
            label = _("Name in %(language)s") % {"language": languages[code]}
            self.fields[box] = forms.CharField(label=label, max_length=LONGEST, required=False)
        self.order_fields(["listed", "code", *BOXES])

    def tell(self, row: Choice) -> None:
        """Beside each box, what Casework itself calls it."""
        for box, code in BOXES.items():
            if ours := shipped_in(row, code):
                self.fields[box].help_text = _("In Casework: %(word)s") % {"word": ours}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["labels"] = {code: data.pop(box, "") for box, code in BOXES.items()}
        return data


def shipped_in(row: Choice, language: str) -> str:
    with override(language):
        return str(row.shipped_label)


def own_lists() -> list[tuple[str, Any]]:
    """Those that take codes of the organisation's own."""
    return [(name, title) for name, title in lists() if LISTS[name].OWN]


def counted() -> list[tuple[Any, list[tuple[str, Any]]]]:
    """The codes that ship, list by list."""
    return [(title, list(LISTS[name].shipped.items())) for name, title in own_lists()]


ChangeChoiceForm = form_of(change_choice, NamesForm, on={"labels": None})
AddChoiceForm = form_of(
    add_choice,
    NamesForm,
    on={
        "labels": None,
        "listed": some(own_lists, KindField),
        "counts_as": some(counted, code_or(gettext_lazy("None"))),
    },
)


class ChoicesForm(RowsForm):
    columns = ", ".join(CHOICE_COLUMNS)

    def read(self, text: str) -> object:
        return read_choices(text)
