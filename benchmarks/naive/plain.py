"""The same lists as one writes them first: ModelViewSets over our tables, paged with a count.

They read as the owner, with no row security, and record nothing. Who sees what is a filter over
the memberships and the teams; a related row is fetched when its code is shown.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import include, path
from django.utils.dateparse import parse_datetime
from rest_framework import serializers, viewsets
from rest_framework.pagination import PageNumberPagination
from rest_framework.parsers import JSONParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.routers import SimpleRouter

from benchmarks.naive.views import Key
from casework.api.serializers import CaseSerializer
from casework.models import Assignment, Case
from prosecutions.models import Hearing
from victims.api.person_serializers import ExploitationSerializer
from victims.models import Involvement

DATABASE = "plain"


class PlainCase(serializers.ModelSerializer[Case]):
    office = serializers.SlugRelatedField(slug_field="code", read_only=True)
    jurisdiction = serializers.SlugRelatedField(slug_field="code", read_only=True)
    sealed = serializers.BooleanField(read_only=True)

    class Meta:
        model = Case
        fields = CaseSerializer.Meta.fields


class PlainHearing(serializers.ModelSerializer[Hearing]):
    listed_at = serializers.TimeField(format="%H:%M", read_only=True)

    class Meta:
        model = Hearing
        fields = (
            *("id", "case", "prosecution", "follows", "listed_on", "listed_at", "purpose"),
            *("room", "judge", "counsel"),
            *("result", "adjourned_for", "no_next_date", "version", "created_at", "updated_at"),
        )


class PlainInvolvement(serializers.ModelSerializer[Involvement]):
    exploitation = ExploitationSerializer(read_only=True, allow_null=True, default=None)

    class Meta:
        model = Involvement
        fields = ("id", "case", "victim", "rescue", "code", "outcome", "exploitation", "version")


class Pages(PageNumberPagination):
    page_size = 50
    page_size_query_param = "limit"


class Plain(viewsets.ModelViewSet[Any]):
    authentication_classes = (Key,)
    permission_classes = (IsAuthenticated,)
    parser_classes = (JSONParser,)
    renderer_classes = (JSONRenderer,)
    throttle_classes = ()
    pagination_class = Pages
    case = "case__"

    def get_queryset(self) -> Any:
        user, prefix = self.request.user, self.case
        offices = user.memberships.filter(ended_at=None).values_list("office", flat=True)
        mine = Assignment.objects.using(DATABASE).filter(user=user.pk, ended_at=None)
        cases = mine.values_list("case", flat=True)
        among = Q(**{f"{prefix}id__in" if prefix else "id__in": list(cases)})
        ours = Q(level__lt=4, office__in=list(offices))
        rows = self.queryset.all().using(DATABASE).filter(ours | among)
        if since := self.request.query_params.get("updated_since"):
            rows = rows.filter(updated_at__gte=parse_datetime(since)).order_by("updated_at", "id")
        return rows


class CaseViewSet(Plain):
    queryset = Case.objects.order_by("-opened_on", "-id")
    serializer_class = PlainCase
    case = ""


class HearingViewSet(Plain):
    queryset = Hearing.objects.order_by("-listed_on", "-id")
    serializer_class = PlainHearing


class InvolvementViewSet(Plain):
    queryset = Involvement.objects.order_by("-created_at", "-id")
    serializer_class = PlainInvolvement


router = SimpleRouter()
router.register("cases", CaseViewSet)
router.register("hearings", HearingViewSet)
router.register("involvements", InvolvementViewSet)
urlpatterns = [path("", include(router.urls))]
