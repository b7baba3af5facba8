"""What may be asked and answered: the questions of a set as data. Pure functions.

A question is `{code, text, hint, kind, choices: [{code, label}], required, only_if}`. `only_if` is
"code=answer" of an earlier question that one chooses an answer to, or "": it is always asked. What
is not asked is neither required nor taken.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext

from core.refusals import Words
from core.refusals import gettext as _
from core.services import Refused
from questions.enums import DECIDING, LISTED, Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

Question = dict[str, Any]
Answers = dict[str, Any]

MOST_QUESTIONS, MOST_CHOICES = 100, 60
LONGEST_CODE, LONGEST_ANSWER, LARGEST = 40, 2000, 10**12
DAY = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")
YES, NO = "yes", "no"


def code_of(words: str, taken: Collection[str], otherwise: str) -> str:
    """A code for programs, made of these words, that no other has."""
    first = slugify(words).replace("-", "_")[: LONGEST_CODE - 4].strip("_") or otherwise
    numbered = (f"{first}_{number}" for number in range(2, 1000))
    return next(code for code in (first, *numbered) if code not in taken)


def choices_of(labels: Sequence[str], former: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """The choices of these labels. One that was there before keeps its code."""
    codes = {choice["label"]: choice["code"] for choice in former}
    chosen: list[dict[str, str]] = []
    for number, label in enumerate(dict.fromkeys(filter(None, map(str.strip, labels))), start=1):
        taken = {*codes.values(), *(choice["code"] for choice in chosen)}
        code = codes.get(label) or code_of(label, taken, f"choice_{number}")
        chosen.append({"code": code, "label": label})
    return chosen


def decided_by(question: Question) -> Iterator[tuple[str, str]]:
    """By which answers to this question others are asked: "code=answer", and in words."""
    if question["kind"] == Kind.YES_NO:
        yield f"{question['code']}={YES}", gettext("Yes")
        yield f"{question['code']}={NO}", gettext("No")
    elif question["kind"] in DECIDING:
        for choice in question["choices"]:
            yield f"{question['code']}={choice['code']}", choice["label"]


def require_whole(questions: Sequence[Question]) -> None:
    """That each question can be asked where it stands. Raises `Refused`."""
    if len(questions) > MOST_QUESTIONS:
        raise Refused(_("A set has at most %(most)s questions.") % {"most": MOST_QUESTIONS})
    known: set[str] = set()
    for question in questions:
        if question["kind"] in LISTED and len(question["choices"]) < 2:
            raise Refused(_("A list needs at least two choices, one a line."), "choices")
        if question["kind"] not in LISTED and question["choices"]:
            raise Refused(_("Only a list has choices."), "choices")
        if question["only_if"] and question["only_if"] not in known:
            words = _("“%(question)s” hangs on an answer that no question above it has.")
            raise Refused(words % {"question": question["text"]}, "only_if")
        known |= {rule for rule, _words in decided_by(question)}


def checked(questions: Sequence[Question], answers: Mapping[str, object]) -> Answers:
    """The answers, each to a question that is asked and of its kind. Raises `Refused`."""
    given, faults = judged(questions, answers)
    if faults:
        code, words = next(iter(faults.items()))
        raise Refused(words, f"answers.{code}" if code else "answers")
    return given


def judged(
    questions: Sequence[Question], answers: Mapping[str, object]
) -> tuple[Answers, dict[str, Words]]:
    """The answers that hold, and by code what is wrong with the others. Empty is not answered."""
    known = {question["code"] for question in questions}
    faults: dict[str, Words] = {}
    if unknown := sorted(set(answers) - known):
        words = _("There is no such question here: %(codes)s.")
        faults[""] = words % {"codes": ", ".join(repr(code)[:42] for code in unknown[:5])}
    given: Answers = {}
    for question in questions:
        code, answer = question["code"], answers.get(question["code"])
        empty = answer is None or answer in ("", [])
        if not is_asked(question, given):
            if not empty:
                words = _("“%(question)s” is not asked here. Leave it out.")
                faults[code] = words % {"question": question["text"]}
        elif empty:
            if question["required"]:
                faults[code] = _("Answer “%(question)s”.") % {"question": question["text"]}
        elif fits(question, answer):
            given[code] = answer.strip() if isinstance(answer, str) else answer
        else:
            words = _("“%(question)s” takes another kind of answer.")
            faults[code] = words % {"question": question["text"]}
    return given, faults


def is_asked(question: Question, given: Mapping[str, Any]) -> bool:
    """Whether the answers to the questions above it say so."""
    code, _is, wanted = question["only_if"].partition("=")
    if not code:
        return True
    answer = given.get(code)
    if isinstance(answer, bool):
        return wanted == (YES if answer else NO)
    return wanted in answer if isinstance(answer, list) else wanted == answer


def chosen_of(questions: Sequence[Question], given: Mapping[str, Any]) -> list[str]:
    """The answers that are chosen, as "code=answer"; words, numbers and days are none."""
    rules = (rule for question in questions for rule, _words in decided_by(question))
    return [rule for rule in rules if is_asked({"only_if": rule}, given)]


def fits(question: Question, answer: object) -> bool:
    """Whether this is an answer of its kind."""
    codes = [choice["code"] for choice in question["choices"]]
    match question["kind"]:
        case Kind.TEXT:
            return isinstance(answer, str) and _can_stand(answer)
        case Kind.NUMBER:
            number = isinstance(answer, int | float) and not isinstance(answer, bool)
            return number and abs(answer) < LARGEST  # type: ignore[arg-type]
        case Kind.DAY:
            return isinstance(answer, str) and _is_day(answer)
        case Kind.CHOICE:
            return isinstance(answer, str) and answer in codes
        case Kind.SEVERAL:
            each = isinstance(answer, list) and all(isinstance(code, str) for code in answer)
            return each and set(answer) <= set(codes) and len(set(answer)) == len(answer)  # type: ignore[call-overload,arg-type]
        case _:
            return isinstance(answer, bool)


def in_words(question: Question, answer: Any) -> str:
    """An answer as a person reads it."""
    labels: dict[Any, str] = {c["code"]: c["label"] for c in question["choices"]}
    if isinstance(answer, bool):
        return gettext("Yes") if answer else gettext("No")
    if isinstance(answer, list):
        return "; ".join(labels.get(code, str(code)) for code in answer)
    if question["kind"] == Kind.DAY:
        return date_format(date.fromisoformat(answer), "j M Y")
    return labels.get(answer, str(answer))


def _can_stand(text: str) -> bool:
    """No control signs but line breaks, no halves of signs: what can be kept and shown."""
    signs = (sign for sign in text if sign not in "\r\n\t")
    strange = any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in signs)
    return len(text) <= LONGEST_ANSWER and not strange


def _is_day(text: str) -> bool:
    try:
        return bool(DAY.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False
