"""Burmese names as they are said: the letters alone give another word (အောင် is Aung).

Written by the standard of Unicode. Old files in the Zawgyi encoding use the same code points for
other signs; `is_zawgyi` tells them by signs the standard never puts there, and nothing is read
out of them: no library that converts them is kept up.
"""

from __future__ import annotations

import re

BEGUN = "k k g g ng s s z z ny ny t t d d n t t d d n p p b b m y y l w th h l"
INITIALS = dict(zip("ကခဂဃငစဆဇဈညဉဋဌဍဎဏတထဒဓနပဖဗဘမယရလဝသဟဠအ", [*BEGUN.split(), ""], strict=True))
CLOSED = "et in it i in at at an an e an"
FINALS = {  # by the vowel before: what a closed syllable rhymes with
    "": dict(zip("ကငစညဉတပနမယဏ", CLOSED.split(), strict=True)),
    "ော": {"က": "auk", "င": "aung"},
    "ို": {"က": "aik", "င": "aing"},
    "ု": {"တ": "ok", "ပ": "ok", "က": "ok", "န": "on", "မ": "on"},
    "ိ": {"တ": "eik", "ပ": "eik", "န": "ein", "မ": "ein"},
    "ာ": {"န": "an", "တ": "at", "ယ": "ai"},
}
VOWELS = {
    **dict.fromkeys(["", "ာ", "ါ"], "a"),
    **dict.fromkeys(["ိ", "ီ", "ည်"], "i"),
    **dict.fromkeys(["ု", "ူ"], "u"),
    **dict.fromkeys(["ေ", "ဲ"], "e"),
    **dict.fromkeys(["ော", "ော်"], "aw"),
    "ို": "o",
    "ံ": "an",
    "ုံ": "on",
    "ိံ": "ein",
}
SYLLABLE = re.compile(
    "(?P<initial>[က-အ])(?P<medials>[ျြွှ]*)(?P<vowel>[ာိီုူေဲံ]*)်?(?:(?P<final>[က-အ])့?(?:်|္))?"
)
ALTERED = {"k": "ky", "g": "gy"}  # with ျ or ြ
STRANGE = re.compile("[ၠ-႗]|(?:^|\\s)ေ")


def is_burmese(text: str) -> bool:
    return any("က" <= sign <= "႟" for sign in text)


def is_zawgyi(text: str) -> bool:
    return bool(STRANGE.search(text))


def spelt(text: str) -> str:
    """In Latin letters, syllable by syllable."""
    plain = text.replace("ါ", "ာ").replace("့", "").replace("း", "")
    return SYLLABLE.sub(_said, plain)


def _said(syllable: re.Match[str]) -> str:
    letter, medials = syllable["initial"], syllable["medials"]
    vowel, final = syllable["vowel"], syllable["final"] or ""
    begin = INITIALS[letter]
    if "ှ" in medials and letter in "ရလ":
        begin = "sh"
    elif "ျ" in medials or "ြ" in medials:
        begin = "ch" if letter in "ခ" else ALTERED.get(begin, begin + "y")
    if final and "ွ" in medials and not vowel:
        return begin + {"န": "un", "မ": "un", "တ": "ut", "ပ": "ut"}.get(final, "wa")
    if "ွ" in medials:
        begin += "w"
    if final:
        return begin + FINALS.get(vowel, FINALS[""]).get(final, INITIALS[final])
    return begin + VOWELS.get(vowel, "a")
