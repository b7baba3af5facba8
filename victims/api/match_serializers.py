from __future__ import annotations

from typing import Any

from rest_framework import serializers

from victims.api.serializers import HitSerializer, ShownIdentitySerializer, VictimSerializer
from victims.enums import ConfirmationStatus
from victims.models import Confirmation, Match, VictimMerge

ANSWERED = [(s.value, s.label) for s in ConfirmationStatus if s != ConfirmationStatus.ASKED]


class MatchSerializer(serializers.ModelSerializer[Match]):
    """Two records that may be of one person, by ids and how like the names are; never a name."""

    class Meta:
        model = Match
        fields = ("id", "one", "other", "likeness", "status", "reason", "decided_at", "version")


class NamesOfPairSerializer(serializers.Serializer[Any]):
    """Who the two are, in the order `one`, `other`."""

    results = ShownIdentitySerializer(many=True)


class CandidateSerializer(serializers.Serializer[Any]):
    """Somebody of a like name: the record and its parts in cases open to the caller."""

    victim = VictimSerializer()
    parts = HitSerializer(many=True)
    likeness = serializers.IntegerField()


class CandidateListSerializer(serializers.Serializer[Any]):
    results = CandidateSerializer(many=True)


class VictimMergeSerializer(serializers.ModelSerializer[VictimMerge]):
    class Meta:
        model = VictimMerge
        fields = (
            "id",
            "kept",
            "other",
            "merged_by",
            "created_at",
            "undone_at",
            "undone_by",
            "version",
        )


class ConfirmationSerializer(serializers.ModelSerializer[Confirmation]):
    """One side's own record; what it is compared with stands nowhere here."""

    class Meta:
        model = Confirmation
        fields = ("id", "case", "involvement", "status", "answered_at", "version")
