"""Names of people as they are said: what can be one, and when two are the same to a searcher."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from anyascii import anyascii
from django.db import models

from core import burmese
from core.refusals import Worded
from core.refusals import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 200
SHORTEST_QUESTION = 2  # one letter would list everyone


class NotAName(Worded, ValueError):
    """The words say why."""


def check_name(text: str) -> str:
    """The name without stray blanks; refused where nobody can be called so."""
    if any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in text):
        raise NotAName(_("This contains characters that are not letters. Type the name again."))
    name = unicodedata.normalize("NFC", " ".join(text.split()))
    if len(name) > LONGEST:
        raise NotAName(_("A name has at most %(count)s letters.") % {"count": LONGEST})
    if not any(sign.isalpha() for sign in name):
        raise NotAName(_("Write the name in letters, as the person says it."))
    return name


def check_question(text: str) -> str:
    """A name to search by: at least two letters."""
    asked = check_name(text)
    if len(_latin(_folded(asked)).replace(" ", "")) < SHORTEST_QUESTION:
        raise NotAName(_("Type at least two letters of the name."))
    return asked


class Question:
    """What someone types to find a person: every word of it must stand in the name.

    Compared in the script it was typed in, and in Latin letters, so that a name said in one script
    is found by its spelling in another.
    """

    def __init__(self, asked: str) -> None:
        self.words = _folded(asked).split()
        self.latin = _latin(" ".join(self.words)).split()

    def fits(self, name: str) -> bool:
        text = _folded(name)
        if all(word in text for word in self.words):
            return True
        latin = _latin(text)
        return all(word in latin for word in self.latin)


class NameKeyField(models.CharField):
    """A key of a name in another column of the row, kept with every save of it.

    For names that are clear text: what a search in any script compares.
    """

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **(kwargs | {"blank": True, "editable": False}))

    def deconstruct(self) -> tuple[str, str, Sequence[object], dict[str, object]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of}

    def pre_save(self, row: models.Model, add: bool) -> str:
        key = self.key(getattr(row, self.of))
        setattr(row, self.attname, key)
        return key

    def key(self, name: str) -> str:
        raise NotImplementedError


class LatinKeyField(NameKeyField):
    """The name in Latin letters."""

    def key(self, name: str) -> str:
        return latin_key(name)


def latin_key(name: str) -> str:
    """A name in Latin letters, in lower case, its words apart by one blank."""
    return " ".join(_latin(_folded(name)).split())


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _latin(text: str) -> str:
    """Letters and digits of it; marks of transcription, as in `priy'a`, nobody types."""
    if text.isascii():
        spelt = text
    else:
        spelt = anyascii(burmese.spelt(text) if burmese.is_burmese(text) else text).casefold()
    return "".join(sign for sign in spelt if sign.isalnum() or sign == " ")
