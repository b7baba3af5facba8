"""Phones and what waits of theirs. Delivering is no endpoint (`intake/phones/door.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api.serializers import Input, Nothing, RowSerializer, Text
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from intake.collect.account import address_of
from intake.collect.services import connect_collect
from intake.extracts.services import check_out_case, end_extract
from intake.models import Box, Extract, Phone
from intake.phones.services.boxes import open_box, put_away_box
from intake.phones.services.phones import end_phone, enrol_phone

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn


class PhoneSerializer(RowSerializer[Phone]):
    shows = "id person office name created_at seen_at ended_at ended_for version"


class ConnectCollectInput(Input):
    name = Text(max_length=60)


class ConnectedCollectSerializer(serializers.Serializer[Any]):
    """A new account of ODK Collect. `password` is given this once."""

    phone = PhoneSerializer()
    address = serializers.URLField()
    user_name = serializers.CharField(source="phone.user_name")
    password = serializers.CharField()


class BoxSerializer(RowSerializer[Box]):
    """How far it is and what it waits for. `size` and `have` are in bytes; `written_at` and
    `sent_at` are by the clock of the phone, `arrived_at` by ours."""

    shows = "id phone kind size have written_at sent_at arrived_at state waits_for away_for version"


class OpenedBoxSerializer(serializers.Serializer[Any]):
    """`fields`: what was entered on the phone, each as a form sends it."""

    fields = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField())
    )


class ExtractSerializer(RowSerializer[Extract]):
    """Of which case, on which phone, until when; `given_at`: since when the phone has it."""

    shows = "id case phone until given_at ended_at ended_for version"


class PhoneViewSet(ReadViewSet):
    """Phones that deliver what was written without a network: the caller's own, and for whoever
    reads all cases of an office those of the office."""

    listed = List(Phone.objects.all(), "person office ended_for")
    serializer_class = PhoneSerializer
    takes_many = False
    services = {"connect_collect": connect_collect}
    inputs = {"connect_collect": ConnectCollectInput}
    asking = frozenset({"connect_collect"})  # its answer holds the password and is kept nowhere

    create = Verb(enrol_phone)
    end = Verb(end_phone)

    @extend_schema(request=ConnectCollectInput, responses={201: ConnectedCollectSerializer})
    @action(detail=False, methods=["post"], url_path="connect-collect")
    def connect_collect(self, request: SignedIn) -> Response:
        """Connect ODK Collect. Its password is in this answer and nowhere else."""
        made = connect_collect(actor=request.user, **self.validated())
        content = {"phone": made.phone, "password": made.password, "address": address_of(request)}
        return Response(ConnectedCollectSerializer(content).data, status=201)


class BoxViewSet(ReadViewSet):
    """What phones delivered: how far it is, and whether somebody has to look at it."""

    listed = List(Box.objects.all(), "phone kind state waits_for")
    serializer_class = BoxSerializer
    services = {"open": open_box}
    inputs = {"open": Nothing}
    asking = frozenset({"open"})

    put_away = Verb(put_away_box)

    # Answers words that are kept nowhere else.
    @extend_schema(request=None, responses={200: OpenedBoxSerializer})
    @action(detail=True, methods=["post"])
    def open(self, request: SignedIn, pk: str) -> Response:
        """Show what waits in a box, to correct and log it. Each call is recorded."""
        box = self.get_object()
        self.validated()
        fields = open_box(box, actor=request.user).fields
        return Response({"fields": dict(fields.lists())})


class ExtractViewSet(ReadViewSet):
    """Extracts of cases that phones hold to read without a network. What is in one, no program
    reads; a program reads the case itself."""

    listed = List(Extract.objects.all(), "case phone ended_for")
    serializer_class = ExtractSerializer
    takes_many = False

    create = Verb(check_out_case)
    end = Verb(end_extract)
