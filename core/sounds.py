"""When two names may be one: written in any script, spelt as anybody spells, said the same.

A word is read in Latin letters, then taken apart into the consonants that are heard and its
vowels. Consonants decide, for spellings of one name differ most in their vowels and several scripts
write none; vowels speak where both sides have some. One place for survivors, whose names are
opened and compared here, and for offenders, whose key is stored and found by the database.

On the invented names of `tests/core/spellings.json` 0.97 of the pairs of one name are found, and
0.87 to 0.89 of what is found is right; the threshold was chosen with both halves of the list at
hand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from core.names import NameKeyField, latin_key

ENOUGH = 0.75  # two names as like as this are looked at by somebody
A_WORD = 0.62  # below this no two words are one
WHOLE = {  # what is written short, and said in full
    **dict.fromkeys(["md", "mohd", "muhd", "mhd", "mohmd", "mohamad"], "mohammad"),
    **dict.fromkeys(["shri", "smt", "mrs"], ""),
}
RULES = (
    ("tch|tsh", "c"),
    ("cch|ch", "c!"),
    ("x", "ks"),
    ("ksh|ks", "ks"),
    ("ng(?![aeiouy])|nk(?=k)", "n"),
    ("m(?=[bp])", "n"),
    ("h$", ""),
    ("(?<=[bcdgjkpqstz!])h", ""),
    ("c(?!!)(?=[eiy])", "s"),
    ("w(?=[aeiou])", "b"),
    ("w", "u"),
)
LATIN = re.compile("[a-zA-Z]")
FOLDED = str.maketrans("ckqvfzx", "kkkbpsk")
CLOSE = {frozenset(pair) for pair in ("td", "kg", "bp", "cj", "cs", "ck", "rl", "mn", "js")}
VOWELS = str.maketrans("aeiouy", "aiiuui")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its letters, the consonants heard in it, and its vowels."""

    latin: str
    heard: str
    vowels: str


def sound_key(name: str) -> str:
    """The consonants heard in each word of a name, apart by one blank: what is stored and found."""
    return " ".join(word.heard or word.vowels for word in words(name))


class SoundKeyField(NameKeyField):
    """The name as it sounds."""

    def key(self, name: str) -> str:
        return sound_key(name)


def words(name: str) -> list[Word]:
    return [_word(text) for text in _spelt(name)]


def _spelt(name: str) -> list[str]:
    key = latin_key(name.replace("-", " "))
    if not LATIN.search(name):
        key = re.sub("c(?!h)", "ch", key)  # of other scripts, c is read as in Chandra
    return [text for text in (WHOLE.get(t, t) for t in key.split()) if text]


class Heard:
    """A name somebody is looked for by, held against many: each of its words is heard in theirs.

    Names repeat their words, so each is taken apart once; what was learnt goes with the search.
    """

    def __init__(self, asked: str) -> None:
        self.asked = words(asked)
        self._known: dict[str, tuple[Word, bool]] = {}

    def likeness(self, name: str) -> float:
        """From 0 to 1; nothing where they are not alike enough for anybody to look."""
        pairs = [self._known.get(text) or self._learn(text) for text in _spelt(name)]
        if not any(perhaps for _word, perhaps in pairs):
            return 0.0
        score, theirs = 0.0, [word for word, _perhaps in pairs]
        if len(self.asked) <= len(theirs):
            score = likeness(self.asked, theirs)
        elif len(self.asked) > 1:
            score = _as_one(self.asked, theirs)
        return score if score >= ENOUGH else 0.0

    def _learn(self, text: str) -> tuple[Word, bool]:
        word = _word(text)
        perhaps = any(like(other, word) >= A_WORD or _begins(other, word) for other in self.asked)
        self._known[text] = word, perhaps
        return word, perhaps


def likeness(name: list[Word], other: list[Word]) -> float:
    """How like two names are, from 0 to 1: each word of the shorter one found in the longer."""
    few, many = sorted((name, other), key=len)
    if not few:
        return 0.0
    return max(_by_words(few, many), _as_one(name, other))


def _by_words(few: list[Word], many: list[Word]) -> float:
    left, total, weight = list(many), 0.0, 0
    for word in few:
        best, match = max(((like(word, w), w) for w in left), key=lambda pair: pair[0])
        if best < A_WORD:
            return 0.0
        left.remove(match)
        total, weight = total + best * len(word.latin), weight + len(word.latin)
    share = len(few) / len(many)
    return total / weight * (0.8 + 0.2 * share)


def _as_one(name: list[Word], other: list[Word]) -> float:
    """The same written in fewer words, as Dela Cruz and de la Cruz."""
    if len(name) == len(other) == 1:
        return 0.0
    joined = [Word(*("".join(part) for part in _parts(side))) for side in (name, other)]
    score = like(*joined)
    return score if score >= 0.9 else 0.0


def _parts(side: list[Word]) -> list[list[str]]:
    return [[w.latin for w in side], [w.heard for w in side], [w.vowels for w in side]]


def like(word: Word, other: Word) -> float:
    """How like two words are said."""
    if word.latin == other.latin:
        return 1.0
    heard, vowels = _close(word.heard, other.heard), _vowels_agree(word.vowels, other.vowels)
    most = max(len(word.heard), len(other.heard))
    share = most / (most + 1.5)  # the more consonants, the less the vowels say
    score = 0.98 * (heard * share + vowels * (1 - share))
    if word.heard[:1] != other.heard[:1]:
        score *= 0.8
    return score


def _begins(word: Word, other: Word) -> bool:
    """One of them may be the other and more, written in one."""
    return word.heard.startswith(other.heard) or other.heard.startswith(word.heard)


def _vowels_agree(vowels: str, other: str) -> float:
    """Entirely, where one says all the other says and the other left some out."""
    few, many = sorted((vowels, other), key=len)
    rest = iter(many)
    if all(sign in rest for sign in few):
        return 1.0 - 0.08 * min(len(many) - len(few), 3)
    return _close(vowels, other)


def _close(key: str, other: str) -> float:
    if key == other:
        return 1.0
    most = max(len(key), len(other))
    return 1 - _distance(key, other) / most if most else 1.0


@lru_cache(maxsize=4096)
def _distance(key: str, other: str) -> float:
    """Signs to add, leave out, change or exchange with their neighbour (of keys, never names)."""
    before: list[float] = []
    row = [float(count) for count in range(len(other) + 1)]
    for i, sign in enumerate(key, 1):
        before, last, row = row, before, [float(i)]
        for j, beside in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + _change(sign, beside))
            if i > 1 < j and sign == other[j - 2] and key[i - 2] == beside:
                best = min(best, last[j - 2] + 1)
            row.append(best)
    return row[-1]


def _change(sign: str, other: str) -> float:
    """What is heard alike is half a change."""
    return 0.0 if sign == other else 0.5 if frozenset((sign, other)) in CLOSE else 1.0


def _word(latin: str) -> Word:
    text = re.sub(r"(.)\1+", r"\1", latin)
    for pattern, put in RULES:
        text = re.sub(pattern, put, text)
    text = text.replace("c!", "\x01").translate(FOLDED).replace("\x01", "c")
    heard = re.sub(r"[aeiouy0-9]", "", text)
    vowels = re.sub(r"(.)\1+", r"\1", re.sub(r"[^aeiouy]", "", text).translate(VOWELS))
    return Word(latin, heard, vowels)
