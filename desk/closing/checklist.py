"""The organisation's own checklist of closing: sets of own questions about the closing of a case.

What must be answered keeps the case open until it is; of yes and no only yes will do, so that *no*
says what is still to be done. A set whose answers may say who somebody is must be answered, and
nobody looks at how. Who confirmed what, and when, is read from the history of the answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from django.apps import apps
from django.urls import reverse
from django.utils.formats import date_format

from accounts.models import User
from accounts.permissions import Perm
from questions.asking import is_asked
from questions.enums import Kind, Noun
from questions.models import QuestionSet, Reply

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from uuid import UUID

    from casework.models import Case
    from questions.asking import Question


class Item(NamedTuple):
    """One question of the list: whether it is settled, and where it is answered."""

    words: str
    done: bool
    url: str
    who: str  # and when, in words


class Answer(NamedTuple):
    """An answer, by whom and when."""

    answer: object
    user: str | None
    at: datetime

    def in_words(self, names: dict[str, str], case: Case) -> str:
        day = date_format(case.jurisdiction.clock(self.at), "j M Y")
        return ", ".join(filter(None, (names.get(self.user or ""), day)))


def checklist(case: Case, actor: User) -> list[Item]:
    """What is asked of this case before it is closed, by the editions of now."""
    asked = list(QuestionSet.objects.asked_in(case, Noun.CLOSING))
    if not asked:
        return []
    replies = case.rows(Reply, actor).filter(about=case.pk, question_set__in=asked)
    given = {reply.question_set_id: reply for reply in replies}
    who = confirmed(given.values(), case, actor)
    return [item for each in asked for item in _items(each, given.get(each.pk), who, case)]


def _items(
    asked: QuestionSet, reply: Reply | None, who: dict[tuple[UUID, str], str], case: Case
) -> Iterator[Item]:
    answers = reply.answers if reply else {}
    query = urlencode({"set": asked.pk, "about": case.pk})
    url = f"{reverse('questions:answer', args=[case.pk])}?{query}"
    if reply:
        url = reverse("questions:correct", args=[reply.pk])
    for question in asked.questions:
        if not question["required"] or not (asked.identity or is_asked(question, answers)):
            continue
        done = reply is not None and (asked.identity or _is_settled(question, answers))
        by = who.get((reply.pk, question["code"]), "") if reply else ""
        yield Item(f"{asked.title}: {question['text']}", done, url, by)


def _is_settled(question: Question, answers: dict[str, object]) -> bool:
    answer = answers.get(question["code"])
    return answer is True if question["kind"] == Kind.YES_NO else answer is not None


def confirmed(replies: Iterable[Reply], case: Case, actor: User) -> dict[tuple[UUID, str], str]:
    """By reply and question who gave the answer that stands, and on which day; who, for those who
    are to know who works on the case."""
    answered = [reply.pk for reply in replies]
    if not answered:
        return {}
    event = apps.get_model("questions.ReplyEvent")
    last: dict[tuple[UUID, str], Answer] = {}
    for row in event.objects.filter(pgh_obj_id__in=answered).order_by("pgh_id"):
        for code, answer in row.answers.items():
            key = (row.pgh_obj_id, code)
            if key not in last or last[key].answer != answer:
                last[key] = Answer(answer, (row.pgh_context or {}).get("user"), row.pgh_created_at)
    names = _names({given.user for given in last.values()}, case, actor)
    return {key: given.in_words(names, case) for key, given in last.items()}


def _names(people: set[str | None], case: Case, actor: User) -> dict[str, str]:
    if not (actor.has_perm(Perm.TEAM_VIEW) and actor.scope.reads(case, Perm.TEAM_VIEW)):
        return {}
    known = User.objects.filter(pk__in=people - {None}).values_list("pk", "name")
    return {str(pk): name for pk, name in known}
