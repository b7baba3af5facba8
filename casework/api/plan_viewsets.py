from __future__ import annotations

from typing import TYPE_CHECKING

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from casework.models import RescuePlan
from casework.models.plans import PlanContent
from casework.services.plans import (
    call_off_plan,
    carry_out_plan,
    change_plan,
    decide_plan,
    name_in_plan,
    open_plan,
    plan_rescue,
    unname_in_plan,
)
from core.api.serializers import Nothing
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn


class RescuePlanSerializer(serializers.ModelSerializer[RescuePlan]):
    class Meta:
        model = RescuePlan
        fields = ("id", "case", "status", "rescue", "version", "created_at", "updated_at")


class PlanContentSerializer(serializers.Serializer[PlanContent]):
    """What is planned. `team`: the part of each person whom the plan names, by id."""

    day = serializers.DateField()
    hour = serializers.CharField(allow_null=True)
    jurisdiction = serializers.CharField()
    site = serializers.UUIDField(allow_null=True)
    meeting_point = serializers.CharField()
    partners = serializers.ListField(child=serializers.UUIDField())
    children = serializers.IntegerField(allow_null=True)
    adults = serializers.IntegerField(allow_null=True)
    risks = serializers.CharField()
    beds = serializers.CharField()
    medical = serializers.CharField()
    interpreters = serializers.CharField()
    evidence = serializers.CharField()
    team = serializers.DictField(child=serializers.CharField())
    decision = serializers.CharField()
    decided_by = serializers.UUIDField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField()


class RescuePlanViewSet(ReadViewSet):
    """Plans of rescues, to those whom they name; once the rescue is logged, to its team."""

    listed = List(RescuePlan.objects.select_related("case__jurisdiction"), "case status rescue")
    serializer_class = RescuePlanSerializer
    services = {"open": open_plan}
    inputs = {"open": Nothing}
    asking = frozenset({"open"})
    takes_many = False

    create = Verb(plan_rescue, of="What is not known yet is left out.")
    partial_update = Verb(change_plan)
    name_person = Verb(name_in_plan)
    unname_person = Verb(unname_in_plan)
    decide = Verb(decide_plan)
    call_off = Verb(call_off_plan)
    carry_out = Verb(carry_out_plan)

    # Answers words that are kept nowhere else.
    @extend_schema(request=None, responses={200: PlanContentSerializer})
    @action(detail=True, methods=["post"])
    def open(self, request: SignedIn, pk: str) -> Response:
        """Show what is planned. Each call is recorded."""
        plan = self.get_object()
        self.validated()
        return Response(PlanContentSerializer(open_plan(plan, actor=request.user)).data)
