"""What Collect asks: the questions of our own forms, in their words, as rows of an XLSForm."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from aftercare.enums import Need
from casework.enums import Programme
from intake.collect.encryption import MOST_MEDIA
from intake.forms import MOST_OF_A_KIND, TILES, RescueForm, tile_name
from intake.models import BoxKind
from intake.phones.kinds import empty_form
from victims.enums import person_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from django_stubs_ext import StrOrPromise

PLACES = "places.csv"
FILES = "file"  # in which field every form of ours takes files
SUFFIXES = {"image": "photo", "audio": "voice"}
SMALL = {"image": "max-pixels=2560", "audio": "quality=low"}  # so that all fit into a box
NO_NAME = re.compile(r"[^A-Za-z0-9_-]")  # signs that no name in XML has
SECONDS = re.compile(r"(?<=:\d\d):[\d.]+")
TYPES: dict[type[forms.Field], str] = {  # the first that fits
    forms.DateField: "date",
    forms.TimeField: "time",
    forms.BooleanField: "acknowledge",
    forms.MultipleChoiceField: "select_multiple",
    forms.ChoiceField: "select_one",
    forms.DecimalField: "decimal",
    forms.IntegerField: "integer",
    forms.CharField: "text",
}
Row = dict[str, str]


@dataclass(frozen=True)
class Question:
    """One node of a form: what it asks, and which field of ours it fills in."""

    field: str
    type: str
    label: StrOrPromise | Callable[[], str]
    hint: StrOrPromise = ""
    required: bool = False
    choices: Sequence[tuple[str, StrOrPromise]] = ()
    look: str = ""
    bounds: tuple[int | None, int | None] = (None, None)

    @property
    def name(self) -> str:
        return NO_NAME.sub("_", self.field)

    def sent(self, text: str) -> list[str]:
        """What a page would send for it."""
        return READ.get(self.type, _alone)(text)


# --- What is asked ---


def questions(kind: str) -> list[Question]:
    if kind == BoxKind.RESCUE:
        return _of_rescue()
    return [_of_field(name, field) for name, field in empty_form(BoxKind(kind)).fields.items()]


def _of_field(name: str, field: Any) -> Question:
    if isinstance(field, forms.FileField):
        return Question(name, "files", field.label or "")
    kind = next(kind for base, kind in TYPES.items() if isinstance(field, base))
    look = "multiline" if isinstance(field.widget, forms.Textarea) else ""
    bounds = (getattr(field, "min_value", None), getattr(field, "max_value", None))
    choices = tuple(_flat(getattr(field, "choices", ())))
    return Question(name, kind, field.label, field.help_text, field.required, choices, look, bounds)


def _flat(choices: Iterable[tuple[Any, Any]]) -> Iterable[tuple[str, StrOrPromise]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        elif value != "":
            yield str(value), label


def _of_rescue() -> list[Question]:
    """As the page on a phone asks them, which has its own markup for each."""
    tiles = [
        Question(tile_name(sex, band), "integer", _words(sex, band), bounds=(0, MOST_OF_A_KIND))
        for sex, band in TILES
    ]
    arrests: Any = RescueForm.base_fields["arrests"]
    kinds, needs = Programme.offered()(), Need.offered()()
    return [
        Question(
            "occurred_at", "dateTime", _("When it happened"), _("Leave it empty if it happens now.")
        ),
        Question("place", f"select_one_from_file {PLACES}", _("Where"), required=True),
        Question("people", "group", _("People brought out")),
        *tiles,
        Question("people", "end", ""),
        Question("programme", "select_one", _("Kind of exploitation"), "", True, kinds),
        Question("needs", "select_multiple", _("Needed now"), choices=needs),
        Question("arrests", "integer", _("Arrests"), bounds=(arrests.min_value, arrests.max_value)),
        Question(
            "narrative", "text", _("Note"), _("Kept encrypted. Leave names out."), look="multiline"
        ),
        Question(FILES, "files", _("Files")),
    ]


def _words(sex: str, band: str) -> Callable[[], str]:
    return lambda: person_words(sex, band)


# --- As rows of an XLSForm ---


def workbook(kind: str) -> dict[str, list[Row]]:
    """Its sheets `survey` and `choices`, in every language."""
    survey: list[Row] = [{"type": "end", "name": "end"}]
    choices: list[Row] = []
    for question in questions(kind):
        survey += _rows(question)
        for value, label in question.choices:
            row = {"list_name": question.name, "name": value}
            choices.append(row | in_languages("label", label))
    return {"survey": survey, "choices": choices}


def _rows(question: Question) -> list[Row]:
    words = in_languages("label", question.label) | in_languages("hint", question.hint)
    name = question.name
    if question.type == "group":
        return [{"type": "begin_group", "name": name, "appearance": "field-list"} | words]
    if question.type == "end":
        return [{"type": "end_group"}]
    if question.type == "files":
        return _files(name, words)
    row = {"type": question.type, "name": name, "appearance": question.look} | words
    if question.type.startswith("select"):
        row["appearance"] = "minimal autocomplete" if question.type.endswith(PLACES) else ""
        row["type"] += "" if question.type.endswith(PLACES) else f" {name}"
    least, most = question.bounds
    bounds = [f". >= {least}"] * (least is not None) + [f". <= {most}"] * (most is not None)
    row |= {"constraint": " and ".join(bounds)} if bounds else {}
    row |= {"required": "yes"} if question.required else {}
    return [row]


def _files(name: str, words: Row) -> list[Row]:
    """Each a photo or a voice note; beyond as many as a box has, nothing more is asked."""
    labels = {"image": _("Photos"), "audio": _("Voice note")}
    return [
        {"type": "begin_repeat", "name": f"{name}s"} | words,
        *(
            {
                "type": kind,
                "name": f"{name}_{SUFFIXES[kind]}",
                "parameters": SMALL[kind],
                "relevant": f"position(..) <= {MOST_MEDIA // len(labels)}",
            }
            | in_languages("label", label)
            for kind, label in labels.items()
        ),
        {"type": "end_repeat"},
    ]


def in_languages(column: str, words: Any) -> Row:
    """A column for each language; none for no words."""
    texts = {}
    for code, name in settings.LANGUAGES:
        with override(code):
            texts[f"{column}::{named(code, name)}"] = str(words() if callable(words) else words)
    return texts if any(texts.values()) else {}


def named(code: str, name: str) -> str:
    return f"{name} ({code})"


# --- As a page would send it ---


def fields(kind: str, answers: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The fields of our form, of what Collect wrote into the nodes of this name."""
    by_name = {question.name: question for question in questions(kind)}
    return {
        by_name[name].field: [value for text in texts for value in by_name[name].sent(text)]
        for name, texts in answers.items()
        if name in by_name
    }


def _alone(text: str) -> list[str]:
    return [text]


READ: dict[str, Callable[[str], list[str]]] = {
    "select_multiple": str.split,
    "acknowledge": lambda _text: ["on"],
    "date": lambda text: [text[:10]],
    "time": lambda text: [text[:5]],
    "dateTime": lambda text: [SECONDS.sub("", text)],  # which no page sends
    f"select_one_from_file {PLACES}": lambda text: [f"place:{text}"],
}
