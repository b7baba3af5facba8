from __future__ import annotations

from rest_framework import serializers

from core.api.serializers import RowSerializer, shown_as
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from prosecutions.answers.services import accept_answer, refuse_answer, send_answer
from prosecutions.models import Answer


class AnswerSerializer(RowSerializer[Answer]):
    shows = (
        "id case user prosecution hearing kind result adjourned_for next_on next_at "
        "next_purpose no_next_date asked words status decided_at reason version"
    )

    user = shown_as("username")
    words = serializers.CharField(read_only=True, allow_null=True)
    reason = serializers.CharField(read_only=True, allow_null=True)


class AnswerViewSet(ReadViewSet):
    """What prosecutors from outside told or asked. Nothing changes before one is accepted."""

    listed = List(
        Answer.objects.select_related("user", "case__jurisdiction", "case__office"),
        "case prosecution hearing kind status",
    )
    serializer_class = AnswerSerializer
    takes_many = False  # each is looked at by somebody

    create = Verb(send_answer)
    accept = Verb(accept_answer)
    refuse = Verb(refuse_answer)
