from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.api.serializers import RowSerializer
from victims.api.serializers import HitSerializer, ShownIdentitySerializer, VictimSerializer
from victims.enums import ConfirmationStatus
from victims.models import Confirmation, Match, VictimMerge

ANSWERED = [(s.value, s.label) for s in ConfirmationStatus if s != ConfirmationStatus.ASKED]


class MatchSerializer(RowSerializer[Match]):
    """Two records that may be of one person, by ids and how like the names are; never a name."""

    shows = "id one other likeness status reason decided_at version"


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


class VictimMergeSerializer(RowSerializer[VictimMerge]):
    shows = "id kept other merged_by created_at undone_at undone_by version"


class ConfirmationSerializer(RowSerializer[Confirmation]):
    """One side's own record; what it is compared with stands nowhere here."""

    shows = "id case involvement status answered_at version"
