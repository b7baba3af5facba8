from __future__ import annotations

from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from questions.api.serializers import (
    AnswersField,
    QuestionSetSerializer,
    ReplySerializer,
    ReplyWordsSerializer,
    RowId,
)
from questions.models import QuestionSet, Reply, ReplyWords
from questions.services.replies import answer_questions, correct_answers
from questions.services.sets import (
    begin_question_set,
    change_question_set,
    drop_question,
    publish_question_set,
    renew_question_set,
    retire_question_set,
    write_question,
)


class QuestionSetViewSet(ReadViewSet):
    """What the organisation asks beyond Casework's own questions, by edition."""

    listed = List(
        QuestionSet.objects.select_related("office"),
        "code noun state",
        orders={"code": "code edition"},
        recorded=False,
    )
    serializer_class = QuestionSetSerializer

    create = Verb(begin_question_set)
    partial_update = Verb(change_question_set, keeps=("title", "identity", "programmes", "office"))
    write_question = Verb(
        write_question,
        of="`code`: that of the question that changes. `only_if`: `code=answer` of one above it.",
    )
    drop_question = Verb(drop_question)
    publish = Verb(publish_question_set)
    retire = Verb(retire_question_set)
    renew = Verb(renew_question_set)


class ReplyViewSet(ReadViewSet):
    """Answers to the organisation's own questions, by what they are about."""

    listed = List(
        Reply.objects.select_related("case__jurisdiction", "question_set"),
        "case question_set about",
    )
    serializer_class = ReplySerializer

    create = Verb(
        answer_questions,
        of="`about`: the id of the row of the case that the set is about; not of the case itself.",
        on={"about": RowId(required=False, allow_null=True), "answers": AnswersField()},
    )
    partial_update = Verb(correct_answers, on={"answers": AnswersField()})


class ReplyWordsViewSet(ReadViewSet):
    """Answers that may say who somebody is, by the id of their reply. Each reading is recorded."""

    listed = List(ReplyWords.objects.select_related("reply"), "case")
    serializer_class = ReplyWordsSerializer
