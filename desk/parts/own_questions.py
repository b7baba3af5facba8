"""What the organisation asks beyond Casework's own questions, and what was answered, on the page of
what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse

from core.shortcuts.together import read_together
from questions.asking import in_words
from questions.models import QuestionSet, Reply, ReplyWords

if TYPE_CHECKING:
    from uuid import UUID

    from casework.verbs import Button
    from desk.court.reader import Reader

ANSWER, CORRECT = "questions:answer", "questions:correct"


def own_questions(reader: Reader, noun: str, about: UUID) -> list[dict[str, object]]:
    """Each set once, answered or not; two statements, however much is asked. Of the answers to
    several editions the latest stand here."""
    case, user = reader.case, reader.user
    if not Reply.access.opens(case, user):
        return []
    asked = QuestionSet.objects.asked_in(case, noun)
    replies = reader.rows(Reply).about(about)
    read_together(asked, replies)
    newest = {row.code: row for row in asked}
    given: dict[str, Any] = {}
    for reply in replies:
        if reply.question_set.noun == noun:
            given.setdefault(reply.question_set.code, reply)
    opens = ReplyWords.access.opens(case, user)
    former = [reply.question_set for code, reply in given.items() if code not in newest]
    return [
        _set(reader, row, given.get(row.code), about, opens=opens)
        for row in [*newest.values(), *former]
    ]


def _set(
    reader: Reader, row: QuestionSet, reply: Any, about: UUID, *, opens: bool
) -> dict[str, object]:
    outdated = reply is not None and reply.question_set_id != row.pk
    may = opens or not row.identity
    if reply is None or outdated:
        verbs = _answer(reader, row, about) if may else []
    else:
        verbs = reader.verbs(reply, may and CORRECT)
    return {
        "id": str(row.pk),
        "title": row.title,
        "lines": _lines(reply) if reply else [],
        "answered": reply is not None,
        "open_url": reverse("questions:reply", args=[reply.pk])
        if reply and reply.question_set.identity and opens
        else "",
        "outdated": outdated,
        "verbs": verbs,
    }


def _answer(reader: Reader, row: QuestionSet, about: UUID) -> list[Button]:
    query = urlencode({"set": row.pk, "about": about})
    buttons = reader.verbs(reader.case, ANSWER)
    return [button._replace(url=f"{button.url}?{query}") for button in buttons]


def _lines(reply: Reply) -> list[tuple[str, str]]:
    return [
        (question["text"], in_words(question, reply.answers[question["code"]]))
        for question in reply.question_set.questions
        if question["code"] in reply.answers
    ]
