"""Sets of an organisation's own questions, and answers to them."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any

from questions.asking import chosen_of
from questions.models import QuestionSet, Reply, ReplyWords
from tests import factories

if TYPE_CHECKING:
    from casework.models import Case

_numbers = itertools.count(1)


def question(code: str = "invented", **fields: Any) -> dict[str, Any]:
    """Answered in words."""
    plain = {"text": f"Invented {code}?", "hint": "", "kind": "text", "choices": []}
    return {"code": code} | plain | {"required": False, "only_if": ""} | fields


def question_set(**fields: Any) -> QuestionSet:
    """Published, about a case, of one question."""
    values = {"code": f"invented_{next(_numbers)}", "title": "Invented questions", "noun": "case"}
    values |= {"state": "published", "questions": [question()]}
    return QuestionSet.objects.create(**(values | fields))


def reply(case: Case | None = None, **fields: Any) -> Reply:
    """Of a set that is asked nowhere any more, so that no other page offers it."""
    case = case or factories.case()
    asked = fields.pop("question_set", None) or question_set(state="retired")
    values = {"about": case.pk, "answers": {"invented": "Invented answer"}} | fields
    values["chosen"] = chosen_of(asked.questions, values["answers"])
    return Reply.objects.create(case=case, question_set=asked, **values)


def reply_words(case: Case | None = None, **answers: Any) -> ReplyWords:
    asked = question_set(state="retired", identity=True)
    of = reply(case, question_set=asked, answers={})
    text = json.dumps(answers or {"invented": "Invented words"})
    return ReplyWords.objects.create(id=of.pk, case=of.case, reply=of, text=text)


FACTORIES: dict[Any, Any] = {QuestionSet: question_set, Reply: reply, ReplyWords: reply_words}
