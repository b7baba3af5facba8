"""The one box for programs. By POST, so that no name stands in an address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from casework.models import Case
from core.api.serializers import Input, Text
from core.api.viewsets import ServiceViewSet
from core.services import Refused
from desk.search import LONGEST, Kind, question
from desk.services import search

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn


class QuestionField(Text):
    """What is searched for."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST, **kwargs)

    def to_internal_value(self, data: object) -> str:
        try:
            return question(super().to_internal_value(data))
        except Refused as refusal:
            raise serializers.ValidationError(str(refusal)) from None


class SearchQuestionInput(Input):
    q = QuestionField()


class SearchHitSerializer(serializers.Serializer[Any]):
    """Something found, and the case where it stands."""

    id = serializers.UUIDField()
    label = serializers.CharField()  # type: ignore[assignment]
    words = serializers.CharField()
    case = serializers.UUIDField()
    reference = serializers.CharField()


class SearchKindSerializer(serializers.Serializer[Any]):
    """At most ten of a kind; `more` when others fit as well."""

    kind = serializers.ChoiceField(Kind.choices)
    hits = SearchHitSerializer(many=True)
    more = serializers.BooleanField()


class SearchAnswerSerializer(serializers.Serializer[Any]):
    results = SearchKindSerializer(many=True)


class SearchViewSet(ServiceViewSet):
    """References, numbers of courts and police, offenders, networks, sites, survivors by name."""

    queryset = Case.objects.all()
    services = {"search": search}
    inputs = {"search": SearchQuestionInput}
    asking = frozenset({"search"})
    serializer_class = SearchAnswerSerializer

    @extend_schema(request=SearchQuestionInput, responses={200: SearchAnswerSerializer})
    def search(self, request: SignedIn) -> Response:
        """Search everything open to the caller. Searches are never kept."""
        hits = search(self.validated()["q"], actor=request.user)
        return Response(SearchAnswerSerializer({"results": hits}).data)
