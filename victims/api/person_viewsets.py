"""Rows that hang from persons and their parts in cases, and consents."""

from __future__ import annotations

from casework.enums import Answer
from core.api.filters import choice, either, identifier
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
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
from victims.enums import Leg, Purpose, RecipientKind, Sign, Told
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

OF_A_PERSON = {"case": identifier("case"), "involvement": identifier("involvement")}
STANDS = {"replaced_at": None}


class ConsentViewSet(ReadViewSet):
    """What survivors agreed to, each version. `standing=true`: the newest of each."""

    queryset = Consent.objects.select_related("case__jurisdiction", "involvement__victim")
    serializer_class = ConsentSerializer
    filters = OF_A_PERSON | {
        "purpose": choice("purpose", Purpose),
        "recipient_kind": choice("recipient_kind", RecipientKind),
        "recipient_id": identifier("recipient_id"),
        "standing": either(STANDS, {"replaced_at__isnull": False}),
    }

    create = Verb(
        grant_consent,
        of="A newer consent for the same purpose and recipient replaces the former.",
        on={"recipient_id": RecipientId(required=False), "language": Language()},
    )
    withdraw = Verb(
        withdraw_consent,
    )


class ShareViewSet(ReadViewSet):
    """Who was told of a survivor, on the strength of which consent."""

    queryset = Share.objects.all()
    serializer_class = ShareSerializer
    filters = OF_A_PERSON | {"consent": identifier("consent")}

    create = Verb(
        record_share,
        of="Whom we told: the recipient of the consent, or one of the kind it is for.",
        on={"recipient_id": RecipientId(required=False)},
    )


class WithdrawalViewSet(ReadViewSet):
    """Who has to hear that a consent is withdrawn. Open without `told_on`."""

    queryset = Withdrawal.objects.select_related("case__jurisdiction", "consent")
    serializer_class = WithdrawalSerializer
    filters = OF_A_PERSON | {
        "consent": identifier("consent"),
        "open": either({"told_on": None}, {"told_on__isnull": False}),
    }

    told = Verb(record_told, body="ToldInput")


class SiblingViewSet(ReadViewSet):
    """Persons in groups of siblings: one `group`, one family."""

    queryset = Sibling.objects.all()
    serializer_class = SiblingSerializer
    filters = {"group": identifier("group"), "victim": identifier("victim")}

    leave = Verb(leave_siblings)


class ParticularViewSet(ReadViewSet):
    """What was told of persons in words: dangers, and papers kept back."""

    queryset = Particular.objects.all()
    serializer_class = ParticularSerializer
    changed = "created_at"
    filters = {"victim": identifier("victim"), "about": choice("about", Told)}


class RouteStopViewSet(ReadViewSet):
    """Places on the way of a survivor, by `position`."""

    queryset = RouteStop.objects.select_related("jurisdiction")
    serializer_class = RouteStopSerializer
    filters = OF_A_PERSON | {"kind": choice("kind", Leg)}


class IndicatorViewSet(ReadViewSet):
    """Answers to the indicators of forced labour of the ILO."""

    queryset = Indicator.objects.all()
    serializer_class = IndicatorSerializer
    filters = OF_A_PERSON | {"sign": choice("sign", Sign), "answer": choice("answer", Answer)}


class EvidenceViewSet(ReadViewSet):
    """What answers to indicators rest on, in words."""

    queryset = Evidence.objects.all()
    serializer_class = EvidenceSerializer
    filters = {"case": identifier("case"), "indicator": identifier("indicator")}
