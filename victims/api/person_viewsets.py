"""Rows that hang from persons and their parts in cases, and consents."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from casework.enums import Answer
from core.api.filters import choice, either, identifier
from core.api.serializers import Nothing
from core.api.viewsets import ReadViewSet
from victims.api.consent_serializers import (
    ConsentSerializer,
    GrantConsentInput,
    RecordShareInput,
    ShareSerializer,
    ToldInput,
    WithdrawalSerializer,
    WithdrawConsentInput,
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
    services = {"create": grant_consent, "withdraw": withdraw_consent}
    inputs = {"create": GrantConsentInput, "withdraw": WithdrawConsentInput}
    versioned = ReadViewSet.versioned | {"withdraw"}

    @extend_schema(request=GrantConsentInput, responses={201: ConsentSerializer})
    def create(self, request: Any) -> Response:
        """Record what a person agreed to."""
        data = self.validated()
        person = data.pop("person")

        def run() -> Any:
            return ConsentSerializer(grant_consent(person, actor=request.user, **data)).data

        return self.once(run)

    @extend_schema(request=WithdrawConsentInput, responses=ConsentSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Any, pk: Any) -> Response:
        """Withdraw it: nothing is told on its strength any more, and who was told has to hear."""
        return self.change_with(withdraw_consent)


class ShareViewSet(ReadViewSet):
    """Who was told of a survivor, on the strength of which consent."""

    queryset = Share.objects.all()
    serializer_class = ShareSerializer
    filters = OF_A_PERSON | {"consent": identifier("consent")}
    services = {"create": record_share}
    inputs = {"create": RecordShareInput}

    @extend_schema(request=RecordShareInput, responses={201: ShareSerializer})
    def create(self, request: Any) -> Response:
        """Record whom we told on the strength of a consent, so that a withdrawal reaches them."""
        data = self.validated()
        consent = data.pop("consent")

        def run() -> Any:
            return ShareSerializer(record_share(consent, actor=request.user, **data)).data

        return self.once(run)


class WithdrawalViewSet(ReadViewSet):
    """Who has to hear that a consent is withdrawn. Open without `told_on`."""

    queryset = Withdrawal.objects.select_related("case__jurisdiction", "consent")
    serializer_class = WithdrawalSerializer
    filters = OF_A_PERSON | {
        "consent": identifier("consent"),
        "open": either({"told_on": None}, {"told_on__isnull": False}),
    }
    services = {"told": record_told}
    inputs = {"told": ToldInput}
    versioned = ReadViewSet.versioned | {"told"}

    @extend_schema(request=ToldInput, responses=WithdrawalSerializer)
    @action(detail=True, methods=["post"])
    def told(self, request: Any, pk: Any) -> Response:
        """Record that they were told."""
        return self.change_with(record_told)


class SiblingViewSet(ReadViewSet):
    """Persons in groups of siblings: one `group`, one family."""

    queryset = Sibling.objects.all()
    serializer_class = SiblingSerializer
    filters = {"group": identifier("group"), "victim": identifier("victim")}
    services = {"leave": leave_siblings}
    inputs = {"leave": Nothing}

    @extend_schema(request=None, responses=SiblingSerializer)
    @action(detail=True, methods=["post"])
    def leave(self, request: Any, pk: Any) -> Response:
        """Say that this person does not belong to the group."""
        return self.change_with(leave_siblings)


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
