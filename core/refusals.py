"""What a rule says when it refuses, and the code by which programs know the rule.

A service says `Refused(_("This charge is already filed."))` with the `_` of this module, and that
is all: its words carry the code that `docs/refusals.tsv` gives the sentence, through translation
and through the values put into it, as the errors of DRF carry theirs. The register is the contract
with programs: a sentence may be put otherwise, its code stays (docs/adr/0089).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.functional import lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.core.exceptions import ValidationError

REGISTER = settings.BASE_DIR / "docs" / "refusals.tsv"


class Entry(NamedTuple):
    """A code, its sentence, and since when no rule says it, so that no other may be called so."""

    code: str
    sentence: str
    gone: str = ""


NAMES = Entry(*Entry._fields)


class Worded(Exception):
    """Says why not, in words that are safe to show."""

    def __init__(self, words: Words) -> None:
        said = str(words)  # of today's language, if it is a lazy one
        self.words = Words(said, getattr(said, "code", ""))
        super().__init__(self.words)


class Words(str):
    """In the language of the reader; `code` is the same in each, and none where no rule says it."""

    code: str

    def __new__(cls, text: str, code: str = "") -> Words:
        words = super().__new__(cls, text)
        words.code = code
        return words

    def __str__(self) -> Words:
        return self

    def __mod__(self, values: Any) -> Words:
        return Words(super().__mod__(values), self.code)


def register() -> list[Entry]:
    """As it is kept: a line for each code, in their order, below the names of the columns."""
    _names, *lines = REGISTER.read_text(encoding="utf-8").splitlines()
    return [Entry(*line.split("\t")) for line in lines]


def as_kept(entries: Iterable[Entry]) -> str:
    lines = ("\t".join(entry).rstrip("\t") for entry in (NAMES, *entries))
    return "".join(f"{line}\n" for line in lines)


CODES = {entry.sentence: entry.code for entry in register() if not entry.gone}


def gettext(sentence: str) -> Words:
    return Words(translation.gettext(sentence), CODES.get(sentence, ""))


def ngettext(one: str, several: str, number: int) -> Words:
    return Words(translation.ngettext(one, several, number), CODES.get(one, ""))


gettext_lazy: Callable[[str], Words] = lazy(gettext, str)


def of_django(error: ValidationError) -> Words:
    """The first thing wrong with a value: as one of our rules says it, or by Django's code."""
    said, found = error.messages[0], error.error_list[0]
    return said if isinstance(said, Words) else Words(said, (found.code or "").replace("_", "-"))


def together(sentences: Iterable[str]) -> Words:
    """Several in one; the first says which rule refuses."""
    said = list(sentences)
    return Words(" ".join(said), getattr(said[0], "code", ""))
