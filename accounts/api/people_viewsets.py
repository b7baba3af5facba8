"""Accounts and notices: each verb that a page has."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from accounts.api.people_serializers import (
    AccountChangeSerializer,
    AskRoleInput,
    DisableInput,
    HoldingsSerializer,
    InvitationSerializer,
    InviteInput,
    NoticeSerializer,
    ReasonInput,
    SeenSerializer,
    UserSerializer,
)
from accounts.models import AccountChange, ChangeKind, Invitation, Membership, Notice, User
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
from accounts.services.notices import see_all_notices, see_notice
from accounts.services.people import read_held
from core.api.filters import choice, identifier
from core.api.serializers import Nothing
from core.api.viewsets import ReadViewSet, ServiceViewSet


class UserViewSet(ReadViewSet):
    """Who works here, for those who look after accounts."""

    queryset = User.objects.with_roles()
    serializer_class = UserSerializer
    services = {
        "disable": disable_person,
        "held": read_held,
        "invite_again": invite_again,
        "reset_second_factor": ask_second_factor_reset,
    }
    inputs = {
        "disable": DisableInput,
        "invite_again": Nothing,
        "reset_second_factor": ReasonInput,
    }

    def needs(self, method: str) -> str | None:
        return super().needs(method) or Perm.PEOPLE_VIEW

    @extend_schema(request=DisableInput, responses=UserSerializer)
    @action(detail=True, methods=["post"])
    def disable(self, request: Any, pk: Any) -> Response:
        """Close an account: sessions, keys and roles end at once. No open case is left to nobody.

        `in_wrong_hands`: closed whatever rests on it; others are told.
        """
        return self.change_with(disable_person)

    @extend_schema(responses=HoldingsSerializer)
    @action(detail=True, methods=["get"])
    def held(self, request: Any, pk: Any) -> Response:
        """What would rest on nobody if this person left: numbers by office, no case."""
        if errors := self.unknown(request.query_params, set()):
            raise ValidationError(errors)
        found = read_held(self.get_object(), actor=request.user)
        return Response(HoldingsSerializer({"offices": found}).data)

    @extend_schema(request=None, responses=InvitationSerializer)
    @action(detail=True, methods=["post"], url_path="invite-again")
    def invite_again(self, request: Any, pk: Any) -> Response:
        """Send a new link to an account that is disabled or was never opened."""
        return self.change_with(invite_again, InvitationSerializer)

    @extend_schema(request=ReasonInput, responses=AccountChangeSerializer)
    @action(detail=True, methods=["post"], url_path="reset-second-factor")
    def reset_second_factor(self, request: Any, pk: Any) -> Response:
        """Ask that someone may make a new second factor; another person confirms."""
        return self.change_with(ask_second_factor_reset, AccountChangeSerializer)


class InvitationViewSet(ReadViewSet):
    """Who was invited, and whether they came. The link goes out by mail and nowhere else."""

    queryset = Invitation.objects.all()
    serializer_class = InvitationSerializer
    filters = {"user": identifier("user")}
    services = {"create": invite, "withdraw": withdraw_invitation}
    inputs = {"create": InviteInput, "withdraw": ReasonInput}

    @extend_schema(request=InviteInput, responses={201: InvitationSerializer})
    def create(self, request: Any) -> Response:
        """Invite a person and ask for a role, which another person confirms."""
        return self.create_with(invite)

    @extend_schema(request=ReasonInput, responses=InvitationSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Any, pk: Any) -> Response:
        """Take an invitation back, with what was given or asked for meanwhile."""
        return self.change_with(withdraw_invitation)


class MembershipViewSet(ServiceViewSet):
    """Roles; they are listed with their persons."""

    queryset = Membership.objects.all()
    serializer_class = AccountChangeSerializer
    services = {"end": end_role}
    inputs = {"end": ReasonInput}

    @extend_schema(request=ReasonInput, responses=AccountChangeSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Any, pk: Any) -> Response:
        """End a role at once."""
        return self.change_with(end_role)


class AccountChangeViewSet(ReadViewSet):
    """What was asked for, and what a second person decided."""

    queryset = AccountChange.objects.select_related("office")
    serializer_class = AccountChangeSerializer
    filters = {
        "user": identifier("user"),
        "kind": choice("kind", ChangeKind),
    }
    services = {
        "create": ask_role,
        "confirm": confirm_change,
        "refuse": refuse_change,
        "withdraw": withdraw_change,
    }
    inputs = {
        "create": AskRoleInput,
        "confirm": Nothing,
        "refuse": Nothing,
        "withdraw": Nothing,
    }

    @extend_schema(request=AskRoleInput, responses={201: AccountChangeSerializer})
    def create(self, request: Any) -> Response:
        """Ask that someone be given a role."""
        return self.create_with(ask_role)

    @extend_schema(request=None, responses=AccountChangeSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Any, pk: Any) -> Response:
        """Let a change take effect, as the second person."""
        return self.change_with(confirm_change)

    @extend_schema(request=None, responses=AccountChangeSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Any, pk: Any) -> Response:
        """Say no to a change, as the second person."""
        return self.change_with(refuse_change)

    @extend_schema(request=None, responses=AccountChangeSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Any, pk: Any) -> Response:
        """Ask no longer."""
        return self.change_with(withdraw_change)


class NoticeViewSet(ReadViewSet):
    """What the caller was told."""

    queryset = Notice.objects.all()
    serializer_class = NoticeSerializer
    services = {"seen": see_notice, "see_all": see_all_notices}
    inputs = {"seen": Nothing, "see_all": Nothing}
    records_reads = False  # neutral words, and one's own

    def needs(self, method: str) -> str | None:
        return see_notice.permission

    @extend_schema(request=None, responses=NoticeSerializer)
    @action(detail=True, methods=["post"])
    def seen(self, request: Any, pk: Any) -> Response:
        """Put a notice away."""
        return self.change_with(see_notice)

    @extend_schema(request=None, responses=SeenSerializer)
    @action(detail=False, methods=["post"], url_path="see-all")
    def see_all(self, request: Any) -> Response:
        """Put everything away that one was told so far; says how many that were."""
        self.validated()
        return self.once(lambda: {"seen": see_all_notices(actor=request.user)}, 200)
