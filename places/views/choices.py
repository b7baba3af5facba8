"""Lists of choices: what each offers, one page for each choice, forms and a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from core.choices import LISTS
from places.choices import Choice, lists
from places.forms.choices import (
    BOXES,
    AddChoiceForm,
    ChangeChoiceForm,
    ChoicesForm,
    shipped_in,
)
from places.services import choices
from places.views.lists import KeepPage, ListPage, OneRow, TablePage

if TYPE_CHECKING:
    from django import forms


class Choices(ListPage):
    """All codes of all lists, or those of one."""

    permission = choices.KEEP
    template_name = "places/choices.html"

    def kinds(self) -> list[Any]:
        return list(lists())

    def found(self, sought: str, code: str) -> list[Any]:
        """In the order of the forms; by name or code."""
        rows = {(row.listed, row.code): row for row in Choice.objects.visible_to(self.actor)}
        return [
            rows[name, known]
            for name, _title in lists()
            if code in ("", name)
            for known, word in LISTS[name].known()
            if sought.casefold() in str(word).casefold() or sought.casefold() in known
        ]


class OneChoice(OneRow):
    permission = choices.KEEP
    model, template_name, keep = Choice, "places/choice.html", choices.KEEP

    def shown(self) -> dict[str, object]:
        row, of = self.target, self.target.list
        return {
            "names": names_of(row),
            "place": "–" if row.is_own and row.position is None else of.place(row.code),
            "counts_as": of.shipped.get(row.counts_as, ""),
            "standard": of.STANDARD.get(row.counts_as or row.code, ""),
        }


class ChangeChoice(KeepPage):
    """By hand: a box for each language."""

    service, model, form_class = choices.change_choice, Choice, ChangeChoiceForm
    template_name = "places/choice_form.html"

    def get_initial(self) -> dict[str, object]:
        names = self.target.labels
        return super().get_initial() | {box: names.get(code, "") for box, code in BOXES.items()}

    def get_form(self, form_class: type[forms.Form] | None = None) -> forms.Form:
        form: Any = super().get_form(form_class)
        form.tell(self.target)
        return form


class AddChoice(KeepPage):
    """By hand: a box for each language."""

    service, form_class = choices.add_choice, AddChoiceForm
    listed = "places:choices"


class ChoicesTable(TablePage):
    service, form_class = choices.change_choices, ChoicesForm
    listed = "places:choices"


def names_of(row: Choice) -> list[tuple[str, str, str, str]]:
    """Each language, its name, the organisation's name and ours."""
    return [
        (code, language, row.labels.get(code, ""), shipped_in(row, code))
        for code, language in settings.LANGUAGES
    ]
