from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.api.serializers import Input, Labelled, RowSerializer, Text, VisibleRow, WholeNumber
from places.countries import CHOICES
from prosecutions.api.serializers import PerpetratorSerializer, Warnings
from prosecutions.enums import PerpetratorKind
from prosecutions.models import Alias, Merge, OffenderMatch, Perpetrator
from victims.enums import Sex


class CandidatesSerializer(serializers.Serializer[Any]):
    """Records that may be of the same person, the likest first."""

    results = PerpetratorSerializer(many=True)


class DescribeInput(Input):
    name = Text(max_length=200, required=False, allow_blank=True)
    kind = Labelled(PerpetratorKind, required=False)
    sex = Labelled(Sex, required=False)
    nationality: Any = Labelled(CHOICES, required=False, allow_blank=True)
    born_year = WholeNumber(min_value=1, max_value=9999, required=False, allow_null=True)


class AliasSerializer(RowSerializer[Alias]):
    shows = "id perpetrator name version"


class AddedAliasSerializer(AliasSerializer):
    shows = f"{AliasSerializer.shows} warnings"

    warnings: Any = Warnings(read_only=True)


class AddAliasInput(Input):
    perpetrator = VisibleRow(Perpetrator.objects.all())
    name = Text(max_length=200)


class MergeSerializer(RowSerializer[Merge]):
    shows = "id kept other merged_by created_at undone_at undone_by version"


class OffenderMatchSerializer(RowSerializer[OffenderMatch]):
    """Two records that may be of one offender, and how like the names are."""

    shows = "id one other likeness status reason decided_at version"
