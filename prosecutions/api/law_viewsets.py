"""Statutes and what follows them: the law of a country as data, for programs."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.serializers import RowSerializer, VisibleRow, shown_as
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet, ServiceViewSet
from core.lists.declared import List
from places.models import Jurisdiction
from prosecutions.models import LawVersion, Provision
from prosecutions.services.law_effects import Effect, read_effect
from prosecutions.services.law_limits import propose_limit
from prosecutions.services.law_stages import propose_stages
from prosecutions.services.laws import (
    confirm_law,
    end_provision,
    propose_provision,
    refuse_law,
    withdraw_law,
)


class ProvisionSerializer(RowSerializer[Provision]):
    """`iccs`: the kind of offence; `exploitation`: it punishes exploitation or trafficking;
    `of_child`: only where the victim is a child."""

    shows = (
        "id jurisdiction statute title number offence min_years max_years life_possible fine "
        "iccs exploitation of_child verified in_force_from in_force_to note"
    )

    jurisdiction = shown_as("code")


class LawVersionSerializer(RowSerializer[LawVersion]):
    """`terms`: what it says, by its kind; `provision`: the one it ends, or the one it made."""

    shows = (
        "id kind country begins_on terms provision source verified proposed_by created_at "
        "decided_by decided_at outcome version"
    )

    country = shown_as("code")
    proposed_by = shown_as("username")
    decided_by = shown_as("username")


class EffectSerializer(serializers.Serializer[Effect]):
    """Of cases that you may read: how many records it would change, and some of the cases. Of
    figures: the reports that read it, by slug and title, and how many of the rows that they count
    it would change, rounded up to tens; null where you only count survivors."""

    number = serializers.IntegerField()
    figures = serializers.DictField(child=serializers.CharField())
    rows = serializers.IntegerField(allow_null=True)
    cases = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.UUIDField()))
    def get_cases(self, effect: Any) -> list[str]:
        return [str(case.pk) for case in effect.cases]


class ProvisionViewSet(ReadViewSet):
    """Statutes as data. `verified` false: from memory, to be checked before use."""

    listed = List(
        Provision.objects.select_related("jurisdiction"),
        "jurisdiction statute",
        orders={"statute": "statute number"},
        recorded=False,
    )
    serializer_class = ProvisionSerializer

    create = Verb(
        propose_provision,
        on={"country": VisibleRow(Jurisdiction.objects.all(), by="code")},
        answers=LawVersionSerializer,
    )
    end = Verb(end_provision, answers=LawVersionSerializer)


class LawVersionViewSet(ReadViewSet):
    """What the law of a country says by its day: waiting, confirmed, refused, withdrawn. What
    nobody proposed came with Casework."""

    listed = List(
        LawVersion.objects.select_related("country", "proposed_by", "decided_by"),
        "country kind outcome",
        orders={"newest": "-created_at"},
        recorded=False,
    )
    serializer_class = LawVersionSerializer

    create = Verb(propose_limit, on={"country": VisibleRow(Jurisdiction.objects.all(), by="code")})
    confirm = Verb(confirm_law)
    refuse = Verb(refuse_law)
    withdraw = Verb(withdraw_law)
    effect = Verb(read_effect, answers=EffectSerializer)


class StageLawViewSet(ServiceViewSet):
    """The stages of proceedings of a country, proposed as all law is."""

    queryset = LawVersion.objects.all()
    serializer_class = LawVersionSerializer

    create = Verb(
        propose_stages,
        on={"country": VisibleRow(Jurisdiction.objects.all(), by="code")},
        of="`*_place`: the place of a stage in the order; without it the courts there have none."
        " `*_name`: what it is called there; without it as it ships. What a stage means is fixed.",
    )
