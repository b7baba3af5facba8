"""What a rule says when it refuses, and the code by which programs know the rule.

A sentence is said once, where its rule is: `Refused(_("This charge is already filed."))`, with the
`_` of this module. It answers words that carry their code, as the errors of DRF do: in every
language, with values put into them, and refused once more in a verb above.

`docs/refusals.tsv` gives each sentence its code. The engine reads it, the document of the API lists
it, and it is the contract with programs: a code stays. Whoever changes a sentence changes it on the
line of its code; a rule that goes leaves its line, with the day, so that no other is ever called
so. `make words` adds what is new, under its first words. The same sentence at several places is one
rule. Where several rules refuse together, the first gives the code.

Not `Refused(_("…"), code="…")`: it takes a line at most of 900 sites, and nothing keeps two rules
from one code. Not codes in gettext, as if they were a language: of a sentence with values in it
nobody finds them again. A sentence stands in two files, and so whoever changes it is asked whether
the rule is still the same. No operation lists its rules: verbs call verbs, and a list that is wrong
would be worse than none.
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
        sentence = str(words)  # of today's language, if it is a lazy one
        self.words = Words(sentence, getattr(sentence, "code", ""))
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
    words, code = error.messages[0], error.error_list[0].code or ""
    return words if isinstance(words, Words) else Words(words, code.replace("_", "-"))


def together(sentences: Iterable[str]) -> Words:
    """Several in one; the first says which rule refuses."""
    first, *more = sentences
    return Words(" ".join([first, *more]), getattr(first, "code", ""))
