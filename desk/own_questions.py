"""What the organisation asks beyond Casework's own questions, and what was answered, on the page of
what it is about."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from core.shortcuts.together import read_together
from desk.closing.checklist import confirmed
from questions.asking import decided_by, in_words
from questions.enums import Noun, State
from questions.models import QuestionSet, Reply, ReplyWords

if TYPE_CHECKING:
    from uuid import UUID

    from accounts.models import User
    from casework.verbs import Button, Verbs

ANSWER, CORRECT = "questions:answer", "questions:correct"
EVERY = Q()


def answers(noun: str, user: User) -> list[tuple[str, str]]:
    """The answers by which a list of these is narrowed, of the sets that are asked now."""
    if not user.has_perm(Reply.access.view):
        return []
    asked = QuestionSet.objects.filter(state=State.PUBLISHED, identity=False, noun=noun)
    return [
        (f"{row.code}.{rule}", f"{question['text']} {words}")
        for row in asked.order_by("title", "pk")
        for question in row.questions
        for rule, words in decided_by(question)
    ]


class OwnQuestions:
    """Of these nouns in a case: one statement, however much is asked about however many. Of the
    answers to several editions the latest stand here. `only`: which answers the page shows."""

    def __init__(self, verbs: Verbs, *nouns: str, only: Q = EVERY) -> None:
        self.verbs = verbs
        self.asked: defaultdict[str, dict[str, QuestionSet]] = defaultdict(dict)
        self.given: defaultdict[tuple[str, UUID], dict[str, Any]] = defaultdict(dict)
        self.who: dict[tuple[UUID, str], str] = {}
        case, user = verbs.case, verbs.user
        if not Reply.access.opens(case, user):
            return
        asked = QuestionSet.objects.asked_in(case, *nouns)
        replies = case.rows(Reply, user).of(*nouns).filter(only)
        read_together(asked, replies)
        for row in asked:
            self.asked[row.noun][row.code] = row
        for reply in replies:
            about = (reply.question_set.noun, reply.about)
            self.given[about].setdefault(reply.question_set.code, reply)
        self.opens = ReplyWords.access.opens(case, user)

    def about(self, noun: str, row: UUID) -> list[dict[str, object]]:
        """Each set once, answered or not."""
        asked, given = self.asked[noun], self.given[noun, row]
        if noun == Noun.CLOSING:
            self.who = confirmed(given.values(), self.verbs.case, self.verbs.user)
        former = [reply.question_set for code, reply in given.items() if code not in asked]
        return [self._set(each, given.get(each.code), row) for each in [*asked.values(), *former]]

    def _set(self, asked: QuestionSet, reply: Any, about: UUID) -> dict[str, object]:
        outdated = reply is not None and reply.question_set_id != asked.pk
        may = self.opens or not asked.identity
        if reply is None or outdated:
            verbs = self._answer(asked, about) if may else []
        else:
            verbs = self.verbs(reply, may and CORRECT)
        return {
            "id": f"{asked.pk}-{about}",
            "title": asked.title,
            "lines": self._lines(reply) if reply else [],
            "answered": reply is not None,
            "open_url": reverse("questions:reply", args=[reply.pk])
            if reply and reply.question_set.identity and self.opens
            else "",
            "outdated": outdated,
            "verbs": verbs,
        }

    def _answer(self, asked: QuestionSet, about: UUID) -> list[Button]:
        query = urlencode({"set": asked.pk, "about": about})
        buttons = self.verbs(self.verbs.case, ANSWER)
        return [button._replace(url=f"{button.url}?{query}") for button in buttons]

    def _lines(self, reply: Reply) -> list[tuple[str, str, str]]:
        """Question, answer, and who gave it where that is asked."""
        return [
            (
                question["text"],
                in_words(question, reply.answers[question["code"]]),
                self.who.get((reply.pk, question["code"]), ""),
            )
            for question in reply.question_set.questions
            if question["code"] in reply.answers
        ]
