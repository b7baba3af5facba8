"""Shapes of policies, holds, erasures and tombstones."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from rest_framework import serializers

from core.api.serializers import Input, RowSerializer, VisibleRow, shown_as
from retention.models import Erasure, LegalHold, Policy, Tombstone
from victims.models import Involvement


class PolicySerializer(RowSerializer[Policy]):
    shows = (
        "id kind country person years legal_source begins_on proposed_by created_at decided_by "
        "decided_at outcome version"
    )

    country = shown_as("code")
    proposed_by = shown_as("username")
    decided_by = shown_as("username")


class LegalHoldSerializer(RowSerializer[LegalHold]):
    shows = (
        "id case victim status reason asked_by asked_at decided_by decided_at lifting_by "
        "lifting_reason lifted_by lifted_at version"
    )

    reason = serializers.CharField(read_only=True)
    lifting_reason = serializers.CharField(read_only=True, allow_null=True)
    asked_by = shown_as("username")
    decided_by = shown_as("username")
    lifting_by = shown_as("username")
    lifted_by = shown_as("username")


class ErasureSerializer(RowSerializer[Erasure]):
    shows = (
        "id of_case of_person papers of_kind until country due_on basis status first_by "
        "first_at second_by second_at not_before kept_by kept_until kept_for tombstone "
        "erased_at version"
    )

    country = shown_as("code")
    first_by = shown_as("username")
    second_by = shown_as("username")
    kept_by = shown_as("username")
    kept_for = serializers.CharField(read_only=True, allow_null=True)


class MakeBundleInput(Input):
    involvement = VisibleRow(Involvement.objects.select_related("case", "victim"))
    language = serializers.ChoiceField(choices=settings.LANGUAGES, default="en")


class BundleFactSerializer(serializers.Serializer[Any]):
    label: Any = serializers.CharField()
    value = serializers.CharField()


class BundleSectionSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    rows = serializers.ListField(child=BundleFactSerializer(many=True))


class BundleSeenSerializer(serializers.Serializer[Any]):
    day = serializers.CharField()
    who = serializers.CharField()
    times = serializers.IntegerField()


class BundleSerializer(serializers.Serializer[Any]):
    made_at = serializers.DateTimeField()
    sections = BundleSectionSerializer(many=True)
    seen = BundleSeenSerializer(many=True)


class TombstoneSerializer(RowSerializer[Tombstone]):
    shows = "id erased_on country basis"

    country = shown_as("code")
