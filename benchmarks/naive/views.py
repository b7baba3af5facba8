"""One nested ModelSerializer, whose create() saves row by row."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from django.urls import path
from rest_framework import serializers, viewsets
from rest_framework.authentication import BaseAuthentication
from rest_framework.parsers import JSONParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from accounts import keys
from accounts.models import Membership, Office
from benchmarks.naive.models import (
    NaiveArrest,
    NaiveCase,
    NaiveInvolvement,
    NaivePerpetrator,
    NaiveRescue,
    NaiveSuspect,
    NaiveVictim,
)
from casework.enums import Programme
from core import idempotency
from places.models import Jurisdiction
from prosecutions.enums import SuspectRole
from victims.enums import Outcome, Sex


class VictimSerializer(serializers.ModelSerializer[Any]):
    sex = serializers.ChoiceField(Sex.choices)

    class Meta:
        model = NaiveVictim
        fields = ("id", "sex", "age_min_months", "age_max_months")


class PersonSerializer(serializers.ModelSerializer[Any]):
    victim = VictimSerializer()
    outcome = serializers.ChoiceField(Outcome.choices, default=Outcome.RESCUED)

    class Meta:
        model = NaiveInvolvement
        fields = ("id", "code", "outcome", "victim")
        read_only_fields = ("code",)


class ArrestSerializer(serializers.ModelSerializer[Any]):
    role = serializers.ChoiceField(SuspectRole.choices, source="suspect.role")
    name = serializers.CharField(source="suspect.perpetrator.name", allow_blank=True)
    code = serializers.CharField(source="suspect.code", read_only=True)

    class Meta:
        model = NaiveArrest
        fields = ("id", "role", "name", "code")


class CaseSerializer(serializers.ModelSerializer[Any]):
    class Meta:
        model = NaiveCase
        fields = ("id", "reference")


class RescueSerializer(serializers.ModelSerializer[Any]):
    people = PersonSerializer(many=True)
    arrests = ArrestSerializer(many=True)
    jurisdiction = serializers.SlugRelatedField(
        slug_field="code", queryset=Jurisdiction.objects.all(), source="case.jurisdiction"
    )
    programme = serializers.ChoiceField(Programme.choices, source="case.programme")
    case = CaseSerializer(read_only=True)
    narrative = serializers.CharField(write_only=True)

    class Meta:
        model = NaiveRescue
        fields = (
            "id", "case", "jurisdiction", "programme", "occurred_at", "narrative",
            "people", "arrests",
        )  # fmt: skip

    def create(self, data: dict[str, Any]) -> NaiveRescue:
        user = self.context["request"].user
        people, arrests, case_data = data.pop("people"), data.pop("arrests"), data.pop("case")
        office = Office.objects.get(pk__in=Membership.objects.filter(user=user).values("office_id"))
        day = data["occurred_at"].date()
        number = NaiveCase.objects.filter(office=office).count() + 1
        case = NaiveCase.objects.create(
            reference=f"{office.prefix}-{day.year}-{number:04d}",
            office=office,
            opened_on=day,
            **case_data,
        )
        rescue = NaiveRescue.objects.create(case=case, led_by=user, occurred_on=day, **data)
        for number, person in enumerate(people, 1):
            victim = NaiveVictim.objects.create(**person.pop("victim"))
            NaiveInvolvement.objects.create(
                case=case, rescue=rescue, victim=victim, code=f"S-{number}", **person
            )
        for number, arrest in enumerate(arrests, 1):
            suspect = NaiveSuspect.objects.create(
                case=case,
                perpetrator=NaivePerpetrator.objects.create(**arrest["suspect"]["perpetrator"]),
                code=f"A-{number}",
                role=arrest["suspect"]["role"],
            )
            NaiveArrest.objects.create(case=case, rescue=rescue, suspect=suspect, arrested_on=day)
        return rescue


class Key(BaseAuthentication):
    """The same keys, looked up the same way."""

    def authenticate(self, request: Any) -> tuple[Any, Any] | None:
        key = keys.find(request.headers["Authorization"].removeprefix("Bearer "))
        return (key.user, key) if key else None


class RescueViewSet(viewsets.ModelViewSet[Any]):
    queryset = NaiveRescue.objects.all()
    serializer_class = RescueSerializer
    authentication_classes = (Key,)
    permission_classes = (IsAuthenticated,)
    parser_classes = (JSONParser,)
    renderer_classes = (JSONRenderer,)

    @transaction.atomic
    def create(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """With the same key, kept encrypted in the same table, as ours."""
        digest = idempotency.digest_of(json.dumps(request.data, sort_keys=True).encode())

        def run() -> idempotency.Answer:
            made = super(RescueViewSet, self).create(request, *args, **kwargs)
            return idempotency.Answer(made.status_code, made.data)

        key = request.headers["Idempotency-Key"]
        answer = idempotency.once(request.user, key, digest, run)
        return Response(answer.content, status=answer.status)


urlpatterns = [path("rescues/", RescueViewSet.as_view({"post": "create"}))]
