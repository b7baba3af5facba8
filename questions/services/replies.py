"""Answering an organisation's own questions, correcting the answers, reading them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.services.cases import require_content, require_identity, require_open_case
from core import audit
from core.refusals import gettext as _
from core.services import Refused, amend, service
from questions.asking import checked, chosen_of
from questions.enums import State
from questions.models import QuestionSet, Reply, ReplyWords
from questions.subjects import subject_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from accounts.models import User
    from casework.models import Case


@service(Perm.REPLY_WRITE, label=gettext_lazy("Answer"), begins=True)
def answer_questions(
    case: Case,
    *,
    question_set: QuestionSet,
    about: UUID | None = None,
    answers: Mapping[str, Any],
    actor: User,
) -> Reply:
    """Answer a set of own questions about the case, or about a survivor in it."""
    case = require_open_case(case, actor)
    if question_set.state != State.PUBLISHED or not question_set.fits(case):
        raise Refused(_("These questions are not asked in this case."), "question_set")
    subject = subject_of(case, question_set.noun, about, actor)
    given = _taken(case, question_set, answers, actor)
    try:
        with transaction.atomic():
            reply: Reply = Reply.objects.create(
                case=case,
                question_set=question_set,
                about=subject,
                **_kept(question_set, given),
            )
    except IntegrityError:
        raise Refused(_("These questions are answered already. Correct the answers.")) from None
    if question_set.identity:
        words = json.dumps(given, ensure_ascii=False)
        ReplyWords.objects.create(id=reply.pk, case=case, reply=reply, text=words)
    audit.record("reply.written", reply, actor=actor)
    return reply


@service(Perm.REPLY_WRITE, label=gettext_lazy("Correct the answers"))
def correct_answers(
    reply: Reply, *, version: int, answers: Mapping[str, Any], actor: User
) -> Reply:
    """Correct answers, by the edition they were given under. Raises `Stale`."""
    require_content(reply.case, actor)
    asked = reply.question_set
    given = _taken(reply.case, asked, answers, actor)
    corrected = amend(reply, version, **_kept(asked, given))
    if asked.identity:
        words = ReplyWords.objects.select_for_update().get(pk=reply.pk)
        words.text = json.dumps(given, ensure_ascii=False)
        words.keep("text")
    audit.record("reply.corrected", corrected, actor=actor)
    return corrected


@service(Perm.REPLY_READ)
def open_reply(words: ReplyWords, *, actor: User) -> dict[str, Any]:
    """Show answers that may say who somebody is. Looking is an act, so it leaves a mark."""
    audit.read("reply.opened", words, actor=actor)
    answers: dict[str, Any] = json.loads(str(words.text))
    return answers


def _kept(asked: QuestionSet, given: dict[str, Any]) -> dict[str, Any]:
    """Of what may say who somebody is nothing stands in the clear, and nothing is counted."""
    if asked.identity:
        return {"answers": {}, "chosen": []}
    return {"answers": given, "chosen": chosen_of(asked.questions, given)}


def _taken(
    case: Case, asked: QuestionSet, answers: Mapping[str, Any], actor: User
) -> dict[str, Any]:
    if asked.identity:
        require_identity(case, actor)
    return checked(asked.questions, answers)
