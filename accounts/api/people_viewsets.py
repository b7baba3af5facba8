"""Accounts and notices: each verb that a page has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import RegexValidator
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.api.people_serializers import (
    AccountChangeSerializer,
    HoldingsSerializer,
    InvitationSerializer,
    NoticeSerializer,
    SeenSerializer,
    UserSerializer,
)
from accounts.forms.people import USERNAME
from accounts.lists import PEOPLE
from accounts.models import AccountChange, Invitation, Membership, Notice
from accounts.permissions import Perm
from accounts.services.changes import (
    ask_role,
    ask_second_factor_reset,
    confirm_change,
    refuse_change,
    withdraw_change,
)
from accounts.services.invitations import invite, invite_again
from accounts.services.leaving import disable_person, end_role, withdraw_invitation
from accounts.services.linking import unlink_person
from accounts.services.notices import see_all_notices, see_notice
from accounts.services.people import read_held
from core.api.serializers import Nothing, Text
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet, ServiceViewSet
from core.lists.declared import List

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn


class UserViewSet(ReadViewSet):
    """Who works here, for those who look after accounts."""

    listed = PEOPLE
    serializer_class = UserSerializer
    services = {"held": read_held}

    def needs(self, method: str) -> str | None:
        return super().needs(method) or Perm.PEOPLE_VIEW

    disable = Verb(disable_person, body="DisableInput")

    @extend_schema(responses=HoldingsSerializer)
    @action(detail=True, methods=["get"])
    def held(self, request: SignedIn, pk: str) -> Response:
        """What would rest on nobody if this person left: numbers by office, no case."""
        self.takes_nothing()
        offices = read_held(self.get_object(), actor=request.user)
        return Response(HoldingsSerializer({"offices": offices}).data)

    invite_again = Verb(invite_again, answers=InvitationSerializer)
    unlink = Verb(unlink_person)
    reset_second_factor = Verb(
        ask_second_factor_reset, body="ReasonInput", answers=AccountChangeSerializer
    )


class InvitationViewSet(ReadViewSet):
    """Who was invited, and whether they came. The link goes out by mail and nowhere else."""

    listed = List(Invitation.objects.all(), "user")
    serializer_class = InvitationSerializer

    create = Verb(
        invite,
        on={
            "username": Text(max_length=60, validators=[RegexValidator(USERNAME)]),
            "email": serializers.EmailField(max_length=254),
        },
    )
    withdraw = Verb(withdraw_invitation, body="ReasonInput")


class MembershipViewSet(ServiceViewSet):
    """Roles; they are listed with their persons."""

    queryset = Membership.objects.all()
    serializer_class = AccountChangeSerializer

    end = Verb(end_role, body="ReasonInput")


class AccountChangeViewSet(ReadViewSet):
    """What was asked for, and what a second person decided."""

    listed = List(AccountChange.objects.select_related("office"), "user kind")
    serializer_class = AccountChangeSerializer

    create = Verb(ask_role)
    confirm = Verb(confirm_change)
    refuse = Verb(refuse_change)
    withdraw = Verb(withdraw_change)


class NoticeViewSet(ReadViewSet):
    """What the caller was told."""

    listed = List(Notice.objects.all(), recorded=False)  # neutral words, and one's own
    serializer_class = NoticeSerializer
    services = {"see_all": see_all_notices}
    inputs = {"see_all": Nothing}

    def needs(self, method: str) -> str | None:
        return see_notice.permission

    seen = Verb(see_notice)

    # About no one row.
    @extend_schema(request=None, responses=SeenSerializer)
    @action(detail=False, methods=["post"], url_path="see-all")
    def see_all(self, request: SignedIn) -> Response:
        """Put all your notices away; the answer says how many there were."""
        self.validated()
        return self.once(lambda: {"seen": see_all_notices(actor=request.user)}, 200)
