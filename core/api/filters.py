"""Filters of lists: from the text of a parameter to a condition, or words that say why not."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from django.db.models import Q


def not_read(query: Any, known: set[str], several: Container[str]) -> dict[str, list[str]]:
    """What is wrong with parameters: one that nobody reads, one with more values than it takes."""
    strange = sorted(set(query) - known)[:20]
    asked = query if isinstance(query, MultiValueDict) else MultiValueDict()  # an export keeps one
    twice = sorted(n for n in known if n not in several and len(asked.getlist(n)) > 1)
    return {
        **{name: [_("This is given twice.")] for name in twice},
        **{name[:80]: [_("There is no such parameter.")] for name in strange},
    }


def in_words(labels: Any) -> str:
    """Codes and what they mean, in the form in which the document tells those of rows."""
    return "\n".join(f"* `{code}` - {label}" for code, label in labels)


def choice(field: str, choices: Any) -> Callable[[str], dict[str, Any]]:
    def rule(text: str) -> dict[str, Any]:
        if text not in choices.values:
            raise ValueError(_("One of: %(codes)s.") % {"codes": ", ".join(choices.values)})
        return {field: text}

    rule.schema = {"type": "string", "enum": list(choices.values)}  # type: ignore[attr-defined]
    rule.labels = choices.choices  # type: ignore[attr-defined]
    return rule


def one_of(choices: object, condition: Callable[[str], object]) -> Callable[[str], object]:
    """A code, with what it means for the rows, or for the rows and a reader."""
    known = choice("code", choices)

    def rule(text: str) -> Any:
        return condition(known(text)["code"])

    rule.schema = known.schema  # type: ignore[attr-defined]
    rule.labels = known.labels  # type: ignore[attr-defined]
    return rule


def number(most: int, condition: Callable[[int], Q]) -> Callable[[str], Q]:
    """A whole number from 0, with what it means for the rows."""

    def rule(text: str) -> Q:
        if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) <= most):
            raise ValueError(_("A whole number from 0 to %(most)s.") % {"most": most})
        return condition(int(text))

    rule.schema = {"type": "integer", "minimum": 0, "maximum": most}  # type: ignore[attr-defined]
    return rule


def identifier(field: str) -> Callable[[str], dict[str, object]]:
    def rule(text: str) -> dict[str, object]:
        try:
            key = uuid.UUID(text)
        except ValueError:
            key = None
        if str(key) != text.lower():  # one spelling: no braces, no digits of other scripts
            raise ValueError(_("This is not an id."))
        return {field: key}

    rule.schema = {"type": "string", "format": "uuid"}  # type: ignore[attr-defined]
    return rule


def code(field: str) -> Callable[[str], dict[str, Any]]:
    def rule(text: str) -> dict[str, Any]:
        if not text.isprintable() or len(text) > 40:
            raise ValueError(_("This is not a code."))
        return {field: text}

    rule.schema = {"type": "string", "maxLength": 40}  # type: ignore[attr-defined]
    return rule


def day(field: str) -> Callable[[str], dict[str, Any]]:
    def rule(text: str) -> dict[str, object]:
        try:
            return {field: date.fromisoformat(text)}
        except ValueError:
            raise ValueError(_("Give a date such as 2026-11-24.")) from None

    rule.schema = {"type": "string", "format": "date"}  # type: ignore[attr-defined]
    return rule


def either(yes: dict[str, Any], no: dict[str, object]) -> Callable[[str], dict[str, object]]:
    """A question with the condition for each of its two answers."""

    def rule(text: str) -> dict[str, Any]:
        if text not in ("true", "false"):
            raise ValueError(_("true or false."))
        return yes if text == "true" else no

    rule.schema = {"type": "boolean"}  # type: ignore[attr-defined]
    return rule
