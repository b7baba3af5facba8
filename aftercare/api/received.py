"""What a provider is sent, and what it answers: referrals, and consents that are withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.permissions import Perm
from aftercare.api.plan_serializers import ProgressNoteSerializer
from aftercare.api.serializers import ReceivedReferralSerializer, ReceivedWithdrawalSerializer
from aftercare.models import Referral
from aftercare.services.referrals import (
    accept_referral,
    complete_received,
    decline_referral,
    read_own_notes,
    write_note,
)
from aftercare.services.withdrawals import acknowledge_withdrawal
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from core.lists.filters import either
from victims.models import Withdrawal

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn


class OwnNotesSerializer(serializers.Serializer[Any]):
    """What one provider told of one referral."""

    notes = ProgressNoteSerializer(many=True)


class ReceivedReferralViewSet(ReadViewSet):
    """Referrals sent to the caller's provider."""

    listed = List(Referral.objects.all(), "status", seen="received_by")
    serializer_class = ReceivedReferralSerializer
    services = {"notes": read_own_notes}

    def needs(self, method: str) -> str | None:
        return Perm.REFERRAL_ANSWER

    accept = Verb(accept_referral)
    decline = Verb(decline_referral, body="DeclineInput")
    complete = Verb(complete_received)
    note = Verb(
        write_note,
        answers=ProgressNoteSerializer,
    )

    @extend_schema(responses=OwnNotesSerializer)
    @action(detail=True, methods=["get"])
    def notes(self, request: SignedIn, pk: str) -> Response:
        """What the provider told so far, the newest first."""
        self.takes_nothing()
        notes = read_own_notes(self.get_object(), actor=request.user)
        return Response(OwnNotesSerializer({"notes": notes}).data)


class ReceivedWithdrawalViewSet(ReadViewSet):
    """Withdrawn consents of which the caller's provider has to hear."""

    listed = List(
        Withdrawal.objects.all(),
        {"open": either({"told_on": None}, {"told_on__isnull": False})},
        seen="received_by",
    )
    serializer_class = ReceivedWithdrawalSerializer

    def needs(self, method: str) -> str | None:
        return Perm.REFERRAL_ANSWER

    acknowledge = Verb(acknowledge_withdrawal)
