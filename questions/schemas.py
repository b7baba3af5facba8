"""Answers, typed in the document of the API: a schema for each set that is asked now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from questions.asking import LARGEST, LONGEST_ANSWER
from questions.enums import Kind, Noun, State
from questions.models import QuestionSet

if TYPE_CHECKING:
    from uuid import UUID

    from core.api.own import Document, Now
    from questions.asking import Question

ASKED = "AnswerQuestionsInputRequest"
REPORTED = "ReportedReplyInputRequest"  # of a rescue as it is logged
SHOWN = ("Reply", "ReplyWords", "PatchedCorrectAnswersInputRequest")  # of earlier editions, too
NUMBER = {"type": "number", "exclusiveMinimum": -LARGEST, "exclusiveMaximum": LARGEST}
PLAIN: dict[str, dict[str, Any]] = {
    Kind.TEXT: {"type": "string", "maxLength": LONGEST_ANSWER},
    Kind.NUMBER: NUMBER,
    Kind.DAY: {"type": "string", "format": "date"},
    Kind.YES_NO: {"type": "boolean"},
}


def asked_now() -> tuple[UUID, ...]:
    """The published editions; what each asks never changes."""
    rows = QuestionSet.objects.filter(state=State.PUBLISHED)
    return tuple(rows.order_by("code").values_list("pk", flat=True))


def add_to(document: Document, editions: Now) -> None:
    """The answers to each set as a schema of its own, and where they are taken and shown."""
    schemas = document["components"]["schemas"]
    rows = QuestionSet.objects.filter(pk__in=editions).order_by("code")
    each = [_ref(row) for row in rows]
    reported = [_ref(row) for row in rows if row.noun == Noun.RESCUE]
    for name, takes in ({ASKED: each, REPORTED: reported} | dict.fromkeys(SHOWN, each)).items():
        if not takes:
            continue
        column = schemas[name]["properties"]["answers"]
        kept = {key: column.pop(key) for key in ("type", "additionalProperties")}
        column["anyOf"] = [*takes, kept] if name in SHOWN else takes
    schemas |= {_name(row): schema_of(row) for row in rows}


def _name(question_set: QuestionSet) -> str:
    return f"Answers_{question_set.code}"


def _ref(question_set: QuestionSet) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{_name(question_set)}"}


def schema_of(question_set: QuestionSet) -> dict[str, Any]:
    questions = question_set.questions
    always = [each["code"] for each in questions if each["required"] and not each["only_if"]]
    return {
        "type": "object",
        "title": question_set.title,
        "description": f"`question_set`: {question_set.pk}, edition {question_set.edition}.",
        "properties": {each["code"]: _property(each) for each in questions},
        "additionalProperties": False,
    } | ({"required": always} if always else {})


def _property(question: Question) -> dict[str, Any]:
    only_if = question["only_if"] and f"Only if {question['only_if']}."
    words = " ".join(filter(None, [question["text"], question["hint"], only_if]))
    return _kind(question) | {"description": words}


def _kind(question: Question) -> dict[str, Any]:
    chosen = {"type": "string", "enum": [choice["code"] for choice in question["choices"]]}
    match question["kind"]:
        case Kind.CHOICE:
            return chosen
        case Kind.SEVERAL:
            return {"type": "array", "items": chosen, "uniqueItems": True}
        case kind:
            return PLAIN[kind]
