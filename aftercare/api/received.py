"""What a provider is sent, and what it answers: referrals, and consents that are withdrawn."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from accounts.permissions import Perm
from aftercare.api.plan_serializers import ProgressNoteSerializer, WriteNoteInput
from aftercare.api.serializers import (
    DeclineInput,
    ReceivedReferralSerializer,
    ReceivedWithdrawalSerializer,
)
from aftercare.enums import ReferralStatus
from aftercare.models import Referral
from aftercare.services.referrals import (
    accept_referral,
    complete_received,
    decline_referral,
    read_own_notes,
    write_note,
)
from aftercare.services.withdrawals import acknowledge_withdrawal
from core.api.filters import choice, either
from core.api.serializers import Nothing
from core.api.viewsets import ReadViewSet
from victims.models import Withdrawal


class OwnNotesSerializer(serializers.Serializer[Any]):
    """What one provider told of one referral."""

    notes = ProgressNoteSerializer(many=True)


class ReceivedReferralViewSet(ReadViewSet):
    """Referrals sent to the caller's provider."""

    queryset = Referral.objects.all()
    serializer_class = ReceivedReferralSerializer
    filters = {"status": choice("status", ReferralStatus)}
    services = {
        "accept": accept_referral,
        "decline": decline_referral,
        "complete": complete_received,
        "note": write_note,
        "notes": read_own_notes,
    }
    inputs = {
        "accept": Nothing,
        "decline": DeclineInput,
        "complete": Nothing,
        "note": WriteNoteInput,
    }

    def needs(self, method: str) -> str | None:
        return Perm.REFERRAL_ANSWER

    def get_queryset(self) -> Any:
        return Referral.objects.received_by(self.request.user)

    @extend_schema(request=None, responses=ReceivedReferralSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Any, pk: Any) -> Response:
        """Take the person in."""
        return self.change_with(accept_referral)

    @extend_schema(request=DeclineInput, responses=ReceivedReferralSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Any, pk: Any) -> Response:
        """Say that this provider cannot help, and why."""
        return self.change_with(decline_referral)

    @extend_schema(request=None, responses=ReceivedReferralSerializer)
    @action(detail=True, methods=["post"])
    def complete(self, request: Any, pk: Any) -> Response:
        """Say that the help asked for was given."""
        return self.change_with(complete_received)

    @extend_schema(request=WriteNoteInput, responses=ProgressNoteSerializer)
    @action(detail=True, methods=["post"])
    def note(self, request: Any, pk: Any) -> Response:
        """Tell how it goes; the first note says that the help has begun."""
        return self.change_with(write_note, ProgressNoteSerializer)

    @extend_schema(responses=OwnNotesSerializer)
    @action(detail=True, methods=["get"])
    def notes(self, request: Any, pk: Any) -> Response:
        """What the provider told so far, the newest first."""
        if errors := self.unknown(request.query_params, set()):
            raise ValidationError(errors)
        told = read_own_notes(self.get_object(), actor=request.user)
        return Response(OwnNotesSerializer({"notes": told}).data)


class ReceivedWithdrawalViewSet(ReadViewSet):
    """Withdrawn consents of which the caller's provider has to hear."""

    queryset = Withdrawal.objects.all()
    serializer_class = ReceivedWithdrawalSerializer
    filters = {"open": either({"told_on": None}, {"told_on__isnull": False})}
    services = {"acknowledge": acknowledge_withdrawal}
    inputs = {"acknowledge": Nothing}

    def needs(self, method: str) -> str | None:
        return Perm.REFERRAL_ANSWER

    def get_queryset(self) -> Any:
        return Withdrawal.objects.received_by(self.request.user)

    @extend_schema(request=None, responses=ReceivedWithdrawalSerializer)
    @action(detail=True, methods=["post"])
    def acknowledge(self, request: Any, pk: Any) -> Response:
        """Say that it is heard, and that what was told is used no more."""
        return self.change_with(acknowledge_withdrawal)
