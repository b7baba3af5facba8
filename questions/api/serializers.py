from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.serializers import RowSerializer, shown_as
from questions.asking import LONGEST_CODE
from questions.enums import Kind
from questions.models import QuestionSet, Reply, ReplyWords


class QuestionChoiceSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class QuestionSerializer(serializers.Serializer[Any]):
    """`only_if`: "code=answer" of a question above it; empty: it is always asked."""

    code = serializers.CharField()
    text = serializers.CharField()
    hint = serializers.CharField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    choices = QuestionChoiceSerializer(many=True)
    required = serializers.BooleanField()  # type: ignore[assignment]
    only_if = serializers.CharField()


class QuestionSetSerializer(RowSerializer[QuestionSet]):
    shows = (
        "id code edition title noun identity programmes office state questions version "
        "created_at updated_at"
    )

    programmes = serializers.ListField(child=serializers.CharField(), read_only=True)
    office = shown_as("code")
    questions = QuestionSerializer(many=True, read_only=True)


class ReplySerializer(RowSerializer[Reply]):
    """By the code of each question. Of a set whose answers may say who somebody is they are empty
    here, and read by `reply-words`."""

    shows = "id case question_set about answers version created_at updated_at"

    answers = serializers.DictField(read_only=True)


class ReplyWordsSerializer(RowSerializer[ReplyWords]):
    shows = "id case reply answers version created_at updated_at"

    answers = serializers.SerializerMethodField()

    @extend_schema_field(serializers.DictField())
    def get_answers(self, row: ReplyWords) -> Any:
        return json.loads(str(row.text))


class RowId(serializers.UUIDField):
    """The id of a row of the case."""

    def to_internal_value(self, data: object) -> UUID:
        if not isinstance(data, str):
            self.fail("invalid", value=str(data)[:40])
        return UUID(str(super().to_internal_value(data)))


class AnswersField(serializers.DictField):
    """By code: words, a number, a day, codes of choices, true or false."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and any(len(code) > LONGEST_CODE for code in data):
            data = {code[: LONGEST_CODE + 1]: answer for code, answer in data.items()}
        return super().to_internal_value(data)
