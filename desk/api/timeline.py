"""The timeline of a case for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from casework.models import Case
from core.api.schema import coded
from core.api.viewsets import ServiceViewSet
from core.lists import pagination
from core.lists.filters import choice
from core.refusals import gettext as _
from desk.services import read_timeline
from desk.timeline import Kind

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn

KIND = choice("kind", Kind)


class TimelineItemSerializer(serializers.Serializer[Any]):
    """Something that happened, or is listed: in words, people by their codes."""

    id = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    record = serializers.UUIDField()
    kind = serializers.ChoiceField(Kind.choices)
    day = serializers.DateField()
    hour = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField()
    by = serializers.CharField()
    code = serializers.CharField()
    is_ahead = serializers.BooleanField()


class TimelineSerializer(serializers.Serializer[Any]):
    """What is listed for days to come, then what happened, the newest first.

    The first page has the nearest of what is listed in `ahead`; more of it is on `previous` pages.
    """

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    ahead = TimelineItemSerializer(many=True)
    results = TimelineItemSerializer(many=True)


class TimelineViewSet(ServiceViewSet):
    """What happened in a case, as far as the caller may see it."""

    queryset = Case.objects.select_related("office", "jurisdiction")
    services = {"retrieve": read_timeline}
    serializer_class = TimelineSerializer

    @extend_schema(
        parameters=[
            coded("kind", Kind),
            OpenApiParameter("item", str, description="An `id` of the stream: it begins there."),
            OpenApiParameter("cursor", str),
            OpenApiParameter("limit", int),
        ],
        responses=TimelineSerializer,
    )
    def retrieve(self, request: SignedIn, pk: str) -> Response:
        """One page of the timeline, by key."""
        case, query = self.get_object(), request.query_params
        errors = self.unknown(query, {"kind", "item", "cursor", "limit"})
        if "kind" in query:
            try:
                KIND.read(query["kind"])
            except ValueError as wrong:
                errors["kind"] = [str(wrong)]
        if "item" in query and "cursor" in query:
            errors["item"] = [_("Give an item to begin with or a cursor, not both.")]
        if errors:
            raise ValidationError(errors)
        try:
            page = read_timeline(
                case,
                kind=query.get("kind", ""),
                item=query.get("item", ""),
                cursor=query.get("cursor", ""),
                limit=pagination.size_of(query.get("limit", "")),
                actor=request.user,
            )
        except pagination.BadPage as bad:
            raise ValidationError({bad.field: [str(bad)]}) from None
        path, kept = request.build_absolute_uri(request.path), query.dict()
        kept.pop("item", None)  # the links go on from where it stands
        links = {name: pagination.link(path, kept, page[name]) for name in ("next", "previous")}
        return Response(
            TimelineSerializer(links | {"ahead": page["ahead"], "results": page["items"]}).data
        )
