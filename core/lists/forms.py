"""What a page narrows a list by."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from core.days.typed import say_day
from core.forms import Choices
from core.lists.pagination import address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.access import Actor, ScopedQuerySet
    from core.lists.tables import Table


FILTERS: dict[str, type[ListFilter]] = {}  # by the name of the list whose page has it


class ListFilter(forms.Form):
    """A box for some filters of a list, in codes and days, since they stand in the address.

    A value nobody offered is said in words at its field, and not obeyed.
    """

    table: ClassVar[Table]
    named: ClassVar[dict[str, str]] = {}  # a box: its filter, where that has another name

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.table.name:
            FILTERS[cls.table.name] = cls

    def __init__(self, data: Mapping[str, str], *, user: Actor) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.user = user

    def offer(self, name: str, choices: Iterable[tuple[object, object]]) -> None:
        field: Any = self.fields[name]
        field.widget = Choices(field.widget.attrs)
        field.choices = [("", _("All")), *choices]

    def offer_or_leave(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Without anything to choose, the box is not there."""
        if choices:
            self.offer(name, choices)
        else:
            del self.fields[name]

    def narrow(self, rows: ScopedQuerySet) -> ScopedQuerySet:
        """The rows chosen."""
        self.is_valid()
        asked = {self.named.get(name, name): str(self.cleaned_data[name]) for name in self.chosen()}
        return self.table.listed.narrow(rows, asked, self.user, {})

    def chosen(self) -> dict[str, str]:
        """The filters in force, as they stand in the address."""
        return {
            name: value.isoformat() if isinstance(value, date) else self.data[name]
            for name, value in self.cleaned_data.items()
            if value
        }

    def chips(self, path: str, kept: Mapping[str, str]) -> list[dict[str, str]]:
        """Each filter in force, with the address without it; `kept` stays in the address."""
        chosen = self.chosen()
        chips = []
        for name in chosen:
            rest = {key: value for key, value in chosen.items() if key != name}
            label = f"{self.fields[name].label}: {self._in_words(name)}"
            chips.append({"label": label, "remove_url": address(path, {**rest, **kept})})
        return chips

    def _in_words(self, name: str) -> str:
        field, value = self.fields[name], self.cleaned_data[name]
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices)[value])  # type: ignore[arg-type]
        return say_day(value) if isinstance(value, date) else str(value)
