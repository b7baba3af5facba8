"""Handing cases over, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.models import Office, User
from casework.enums import SEAL_REASON_LENGTH
from casework.models import Transfer
from casework.services.transfers import (
    accept_transfer,
    refuse_transfer,
    transfer_case,
    transfer_caseload,
    withdraw_transfer,
)
from core.api.serializers import Input, RowSerializer, Text, VisibleRow, shown_as
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn


def _person() -> VisibleRow:
    return VisibleRow(User.objects.filter(is_active=True), by="username", required=False)


class OfferInput(Input):
    to_person = _person()
    to_office = VisibleRow(Office.objects.all(), by="code", required=False)
    reason = Text(min_length=SEAL_REASON_LENGTH, max_length=2000)


class CaseloadInput(OfferInput):
    person = VisibleRow(User.objects.all(), by="username")


class TransferSerializer(RowSerializer[Transfer]):
    """`shown`: what who has to answer is told; cases offered together share a `batch`."""

    shows = (
        "id case batch to_person to_office from_person shown reason status asked_by asked_at "
        "decided_by decided_at answer version"
    )

    case = serializers.UUIDField(source="case_id", read_only=True)
    to_person = shown_as("username")
    to_office = shown_as("code")
    from_person = shown_as("username")
    asked_by = shown_as("username")
    decided_by = shown_as("username")
    reason = serializers.CharField(read_only=True)
    answer = serializers.CharField(read_only=True, allow_null=True)


class CaseloadSerializer(serializers.Serializer[Any]):
    transfers = TransferSerializer(many=True)


class TransferViewSet(ReadViewSet):
    """Cases offered to a person or another office. Nothing moves until one is taken over."""

    listed = List(
        Transfer.objects.select_related(
            "to_person", "to_office", "from_person", "asked_by", "decided_by"
        ),
        "case status batch",
    )
    serializer_class = TransferSerializer
    services = {"caseload": transfer_caseload}
    inputs = {"caseload": CaseloadInput}

    create = Verb(
        transfer_case,
        body="TransferInput",
        on={
            "reason": Text(min_length=SEAL_REASON_LENGTH, max_length=2000),
            "to_person": _person(),
            "from_person": VisibleRow(User.objects.all(), by="username", required=False),
        },
    )

    # Answers several rows.
    @extend_schema(request=CaseloadInput, responses={201: CaseloadSerializer})
    @action(detail=False, methods=["post"])
    def caseload(self, request: SignedIn) -> Response:
        """Offer every open case of a person at once: all of them, or none.

        Over several offices: `to_person` is offered those of their own offices, and `to_office`
        all others.
        """
        data = self.validated()
        person = data.pop("person")

        def run() -> dict[str, object]:
            made = transfer_caseload(person, actor=request.user, **data)
            return CaseloadSerializer({"transfers": made}).data

        return self.once(run)

    accept = Verb(accept_transfer, body="WholeInput")
    refuse = Verb(
        refuse_transfer, on={"reason": Text(min_length=SEAL_REASON_LENGTH, max_length=2000)}
    )
    withdraw = Verb(withdraw_transfer, body="WholeInput")
