"""Fields of forms that several apps use."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from core.choices import KnownCodes, Offered
from core.days import clock
from core.days.moments import CannotBe, check_day
from core.days.typed import read_day, say_day

if TYPE_CHECKING:
    from collections.abc import Callable, Collection


ANY = ("*",)
IN_SIGHT = 8  # codes


def when(**boxes: Collection[str]) -> str:
    """The rule of a box that applies while one of these boxes says one of these words, as
    `static/js/applies.js` reads it: `ended=bail default_bail`."""
    return ";".join(f"{box}={' '.join(words)}" for box, words in boxes.items())


class KindField(forms.ChoiceField):
    """One of several facts, none of which stands there before somebody chooses it: what the form
    holds by itself is saved without being looked at. So a default of the column is not shown."""

    default_error_messages = {"required": _("Choose one.")}

    def __init__(self, *, choices: Any, initial: Any = None, **kwargs: Any) -> None:
        offered = getattr(choices, "choices", choices)
        super().__init__(choices=below(("", _("Choose")), offered), **kwargs)


def below(first: tuple[object, object], choices: Any) -> Any:
    """Codes below a first line."""
    if isinstance(choices, KnownCodes):
        choices = choices.listed.offered()
    if isinstance(choices, Offered):
        return Offered(choices.listed, first=[first], without=choices.without)
    if callable(choices):  # whose order follows the reader
        return lambda: [first, *choices()]
    return [first, *choices]


def with_present(form: forms.BaseForm) -> None:
    """A record that is corrected may keep a code that is no longer in use."""
    for name, field in form.fields.items():
        offered = getattr(getattr(field, "choices", None), "func", None)
        if isinstance(offered, Offered) and (says := form.get_initial_for_field(field, name)):
            field.choices = offered.beside(says)  # type: ignore[attr-defined]


class Choices(forms.Select):
    """A list of places has a hundred options: written without a template for each."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        chosen = {str(choice) for choice in self.format_value(value)}
        given = self.build_attrs(self.attrs, {"name": name} | (attrs or {}))
        options = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            (
                (code, mark_safe(" selected") if str(code) in chosen else "", word)
                for code, word in self.choices
            ),
        )
        return format_html("<select{}>\n{}\n</select>", flatatt(given), options)


class DayInput(forms.DateInput):
    """A day in words, whatever the browser makes of dates; with script a button for today and one
    for a calendar that keeps to the limits `min` and `max` (`static/js/days.js`)."""

    today: date | None = None
    past = False

    def format_value(self, value: Any) -> str:
        """What cannot be read is shown as it was typed."""
        with suppress(ValueError):
            value = date.fromisoformat(value) if isinstance(value, str) else value
        return say_day(value) if isinstance(value, date) else value or ""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """A box for text has no limits: the calendar beside it is told of them."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        given = context["widget"]["attrs"]
        given["data-day"] = today = (self.today or clock.today()).isoformat()
        if self.past:
            given.setdefault("max", today)
        for limit in ("min", "max"):
            if limit in given:
                given[f"data-{limit}"] = given.pop(limit)
        given |= {"autocomplete": "off", "placeholder": _("31/3 or 31 Mar 2026")}
        return context

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        box = super().render(name, value, attrs, renderer)
        return render_to_string("components/day.html", {"box": box})


class TypedDay(forms.DateField):
    """A day as people type it. Without `ahead` nothing later is meant; with `year` one must be
    typed. `today`: the day it is at the place the form is about, set by the form."""

    widget: Any = DayInput
    default_error_messages = {"invalid": _("Enter a day, such as 12 Mar 2026 or 12/3.")}

    def __init__(self, *, ahead: bool = True, year: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.ahead, self.year = ahead, year
        self.widget.past = not ahead
        if year:
            self.widget.attrs["data-year"] = ""

    @property
    def today(self) -> date | None:
        day: date | None = self.widget.today
        return day

    @today.setter
    def today(self, day: date) -> None:
        self.widget.today = day

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        today = self.today or clock.today()
        try:
            return read_day(value, today=today, ahead=self.ahead, year=self.year)
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


class DayField(TypedDay):
    """The day of something that has happened; with `ahead`, or will happen."""

    def __init__(self, *, ahead: bool = False, **kwargs: Any) -> None:
        super().__init__(ahead=ahead, **kwargs)

    def clean(self, value: object) -> Any:
        day = super().clean(value)
        try:
            return check_day(day, ahead=self.ahead, today=self.today) if day else day
        except CannotBe as exc:
            raise forms.ValidationError(str(exc)) from None


class HourField(forms.TimeField):
    """The hour of something by the clock of its place."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(widget=widget, **kwargs)


def words_of(table: Any, column: str) -> dict[str, Any]:
    """Label and help of a column, for a field by hand."""
    field = table._meta.get_field(column)
    return {"label": field.verbose_name, "help_text": field.help_text}


# What a form of a verb has `on` its fields where the plain one will not do (`core/verbs/forms.py`).
ticks = partial(forms.MultipleChoiceField, widget=forms.CheckboxSelectMultiple)


def radios(choices: Any, **words: Any) -> forms.Field:
    """Few codes, all in sight; more in a list, since they would fill the screen of a phone."""
    if callable(choices) or len(choices) <= IN_SIGHT:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **words)
    if words.get("initial") is not None:
        return forms.ChoiceField(choices=choices, **words)
    return KindField(choices=choices, **words)


def unchosen(field: Callable[..., forms.Field]) -> Callable[..., forms.Field]:
    """Without the default, which a program may leave out and a person must see."""
    return lambda initial=None, **words: field(**words)


def some(codes: object, field: Callable[..., forms.Field] = radios) -> Callable[..., forms.Field]:
    """These codes alone of those of the column."""
    return lambda choices=None, **words: field(choices=codes, **words)


def needed(field: Callable[..., forms.Field]) -> Callable[..., forms.Field]:
    """What a person must say, although the verb has a use for nothing there."""
    return lambda required=False, **words: field(required=True, **words)


def optional(field: Callable[..., forms.Field]) -> Callable[..., forms.Field]:
    """What a person may leave empty, although a program must send it, be it as nothing."""
    return lambda required=True, **words: field(required=False, **words)


def begins(first: object, field: Callable[..., forms.Field]) -> Callable[..., forms.Field]:
    """What mostly is so stands there first."""
    return lambda initial=None, **words: field(initial=first, **words)


def line(max_length: int, **words: Any) -> forms.Field:
    """A long text in one line."""
    return forms.CharField(max_length=max_length, **words)


def code_or(nothing: object) -> Callable[..., forms.Field]:
    """Codes below a first line that says what it means to choose none."""

    return lambda choices, **words: forms.ChoiceField(
        choices=below(("", nothing), choices), **words
    )


def lines(rows: int) -> Callable[..., forms.Field]:
    """A text of so many lines."""
    return lambda max_length, **words: forms.CharField(
        max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}), **words
    )
