"""Filters of lists: from the text of a parameter to a condition, or words that say why not."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.datastructures import MultiValueDict

from core.refusals import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping

    from core.access import Actor, ScopedQuerySet

    Condition = Mapping[str, object] | Q | Callable[[Any, Any], Any]
    Labels = Iterable[tuple[str, object]]


AN_ANSWER = re.compile(r"[a-z0-9_]{1,40}\.[a-z0-9_]{1,40}=[a-z0-9_]{1,40}")


@dataclass(frozen=True)
class Filter:
    """`read` makes the condition of the text, or raises ValueError with words; `schema` and
    `labels` say what the text may be, the codes as they are when they are gone through. A condition
    may be a function of the rows and the reader."""

    read: Callable[[str], Condition]
    schema: Mapping[str, object]
    labels: Labels = ()

    def narrow(self, rows: ScopedQuerySet, text: str, reader: Actor) -> ScopedQuerySet:
        condition = self.read(text)
        if callable(condition):
            narrowed: ScopedQuerySet = condition(rows, reader)
            return narrowed
        return rows.filter(condition if isinstance(condition, Q) else Q(**condition))


def not_read(
    query: Mapping[str, str], known: set[str], several: Container[str]
) -> dict[str, list[str]]:
    """What is wrong with parameters: one that nobody reads, one with more values than it takes."""
    strange = sorted(set(query) - known)[:20]
    asked = query if isinstance(query, MultiValueDict) else MultiValueDict()  # an export keeps one
    twice = sorted(n for n in known if n not in several and len(asked.getlist(n)) > 1)
    return {
        **{name: [_("This is given twice.")] for name in twice},
        **{name[:80]: [_("There is no such parameter.")] for name in strange},
    }


def in_words(labels: Labels) -> str:
    """Codes and what they mean, in the form in which the document tells those of rows."""
    return "\n".join(f"* `{code}` - {label}" for code, label in labels)


def one_of(choices: object, condition: Callable[[str], Condition]) -> Filter:
    """A code of `choices`, with what it means for the rows."""
    given: Any = getattr(choices, "choices", choices)

    def codes() -> list[str]:
        return [code for code, _label in given]

    def read(text: str) -> Condition:
        if text not in codes():
            raise ValueError(_("One of: %(codes)s.") % {"codes": ", ".join(codes())})
        return condition(text)

    return Filter(read, {"type": "string"}, given)


def choice(field: str, choices: object) -> Filter:
    return one_of(choices, lambda text: {field: text})


def number(most: int, condition: Callable[[int], Q]) -> Filter:
    """A whole number from 0, with what it means for the rows."""

    def read(text: str) -> Q:
        if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) <= most):
            raise ValueError(_("A whole number from 0 to %(most)s.") % {"most": most})
        return condition(int(text))

    return Filter(read, {"type": "integer", "minimum": 0, "maximum": most})


def an_id(condition: Callable[[uuid.UUID], Condition]) -> Filter:
    """The id of a row, with what it means for these."""

    def read(text: str) -> Condition:
        try:
            key = uuid.UUID(text)
        except ValueError:
            key = None
        if key is None or str(key) != text.lower():  # one spelling: no braces, no other scripts
            raise ValueError(_("This is not an id."))
        return condition(key)

    return Filter(read, {"type": "string", "format": "uuid"})


def identifier(field: str) -> Filter:
    return an_id(lambda key: {field: key})


def a_code(condition: Callable[[str], Condition]) -> Filter:
    """A code, or another short text, with what it means for the rows."""

    def read(text: str) -> Condition:
        if not text.isprintable() or len(text) > 40:
            raise ValueError(_("This is not a code."))
        return condition(text)

    return Filter(read, {"type": "string", "maxLength": 40})


def code(field: str) -> Filter:
    return a_code(lambda text: {field: text})


def answer(condition: Callable[[str, str], Condition]) -> Filter:
    """An answer to an own question, as "set.question=answer", with what it means for the rows."""

    def read(text: str) -> Condition:
        code, _dot, rule = text.partition(".")
        if not AN_ANSWER.fullmatch(text):
            raise ValueError(_("This is not a code."))
        return condition(code, rule)

    return Filter(read, {"type": "string", "pattern": AN_ANSWER.pattern, "maxLength": 124})


def on_day(condition: Callable[[date], Condition]) -> Filter:
    """A day, with what it means for the rows."""

    def read(text: str) -> Condition:
        try:
            return condition(date.fromisoformat(text))
        except ValueError:
            raise ValueError(_("Give a date such as 2026-11-24.")) from None

    return Filter(read, {"type": "string", "format": "date"})


def day(field: str) -> Filter:
    return on_day(lambda day: {field: day})


def either(yes: Condition, no: Condition) -> Filter:
    """A question with the condition for each of its two answers."""

    def read(text: str) -> Condition:
        if text not in ("true", "false"):
            raise ValueError(_("true or false."))
        return yes if text == "true" else no

    return Filter(read, {"type": "boolean"})
