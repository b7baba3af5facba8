"""Rows that hang from persons and their parts in cases, and consents."""

from __future__ import annotations

from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from core.lists.filters import either
from victims.api.consent_serializers import (
    ConsentSerializer,
    Language,
    RecipientId,
    ShareSerializer,
    WithdrawalSerializer,
)
from victims.api.person_serializers import (
    EvidenceSerializer,
    IndicatorSerializer,
    ParticularSerializer,
    RouteStopSerializer,
    SiblingSerializer,
)
from victims.models import (
    Consent,
    Evidence,
    Indicator,
    Particular,
    RouteStop,
    Share,
    Sibling,
    Withdrawal,
)
from victims.services.consents import grant_consent, record_told, withdraw_consent
from victims.services.shares import record_share
from victims.services.siblings import leave_siblings

STANDS = {"replaced_at": None}


class ConsentViewSet(ReadViewSet):
    """What survivors agreed to, each version. `standing=true`: the newest of each."""

    listed = List(
        Consent.objects.select_related("case__jurisdiction", "involvement__victim"),
        "case involvement purpose recipient_kind recipient_id",
        {"standing": either(STANDS, {"replaced_at__isnull": False})},
    )
    serializer_class = ConsentSerializer

    create = Verb(
        grant_consent,
        of="A newer consent for the same purpose and recipient replaces the former.",
        on={"recipient_id": RecipientId(required=False), "language": Language()},
    )
    withdraw = Verb(withdraw_consent)


class ShareViewSet(ReadViewSet):
    """Who was told of a survivor, on the strength of which consent."""

    listed = List(Share.objects.all(), "case involvement consent")
    serializer_class = ShareSerializer

    create = Verb(
        record_share,
        of="Whom we told: the recipient of the consent, or one of the kind it is for.",
        on={"recipient_id": RecipientId(required=False)},
    )


class WithdrawalViewSet(ReadViewSet):
    """Who has to hear that a consent is withdrawn. Open without `told_on`."""

    listed = List(
        Withdrawal.objects.select_related("case__jurisdiction", "consent"),
        "case involvement consent",
        {"open": either({"told_on": None}, {"told_on__isnull": False})},
    )
    serializer_class = WithdrawalSerializer

    told = Verb(record_told, body="ToldInput")


class SiblingViewSet(ReadViewSet):
    """Persons in groups of siblings: one `group`, one family."""

    listed = List(Sibling.objects.all(), "group victim")
    serializer_class = SiblingSerializer

    leave = Verb(leave_siblings)


class ParticularViewSet(ReadViewSet):
    """What was told of persons in words: dangers, and papers kept back."""

    listed = List(Particular.objects.all(), "victim about", changed="created_at")
    serializer_class = ParticularSerializer


class RouteStopViewSet(ReadViewSet):
    """Places on the way of a survivor, by `position`."""

    listed = List(RouteStop.objects.select_related("jurisdiction"), "case involvement kind")
    serializer_class = RouteStopSerializer


class IndicatorViewSet(ReadViewSet):
    """Answers to the indicators of forced labour of the ILO."""

    listed = List(Indicator.objects.all(), "case involvement sign answer")
    serializer_class = IndicatorSerializer


class EvidenceViewSet(ReadViewSet):
    """What answers to indicators rest on, in words."""

    listed = List(Evidence.objects.all(), "case indicator")
    serializer_class = EvidenceSerializer
