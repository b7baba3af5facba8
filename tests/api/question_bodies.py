"""What the tests of the interface send about an organisation's own questions."""

from __future__ import annotations

from typing import Any

from tests import factories
from tests.factories import questions

LISTS = {
    "question-sets/": questions.question_set,
    "replies/": questions.reply,
    "reply-words/": questions.reply_words,
}


def _draft(*asked: dict[str, Any]) -> Any:
    return questions.question_set(state="draft", questions=list(asked))


def reported() -> dict[str, Any]:
    """The answers about a rescue, in its report."""
    asked = questions.question_set(noun="rescue")
    return {"question_set": str(asked.pk), "answers": {"invented": "Invented answer"}}


def of_questions(case: Any) -> dict[str, tuple[Any, Any]]:
    """Two good bodies for each address that takes a key."""
    person = factories.involvement(case)
    of_a_person = questions.question_set(noun="survivor")
    new = {"title": "Invented questions", "noun": "case"}
    return {
        "question-sets/": (
            new,
            new | {"identity": True, "programmes": ["csec"], "office": "kolkata"},
        ),
        f"question-sets/{questions.question_set().pk}/renew/": ({}, None),
        "replies/": (
            {
                "case": str(case.pk),
                "question_set": str(questions.question_set().pk),
                "answers": {"invented": "Invented answer"},
            },
            {
                "case": str(case.pk),
                "question_set": str(of_a_person.pk),
                "about": str(person.pk),
                "answers": {"invented": "Invented answer"},
            },
        ),
    }


def versioned_questions(case: Any) -> dict[str, list[Any]]:
    """For each address that needs a version bodies that can be sent one after the other."""
    yes_no = questions.question("before", kind="yes_no")
    written = {"text": "Invented question?", "kind": "choice", "choices": ["One", "Two"]}
    whole = written | {"required": True, "only_if": "before=yes", "hint": "Invented", "place": 2}
    return {
        f"question-sets/{_draft().pk}/": [
            {"title": "Invented others"},
            {"title": "More", "identity": True, "programmes": ["csec"], "office": "kolkata"},
        ],
        f"question-sets/{_draft(yes_no, questions.question()).pk}/write-question/": [
            written,
            whole | {"code": "invented"},
        ],
        f"question-sets/{_draft(questions.question()).pk}/drop-question/": [{"code": "invented"}],
        f"question-sets/{_draft(questions.question()).pk}/publish/": [{}],
        f"question-sets/{questions.question_set().pk}/retire/": [{}],
        f"replies/{questions.reply(case).pk}/": [{"answers": {"invented": "Invented other"}}],
    }
