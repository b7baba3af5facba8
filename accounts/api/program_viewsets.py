"""Programs and their keys: each verb that a page has."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.api.program_serializers import (
    ApiKeySerializer,
    IssuedSerializer,
    IssueKeyInput,
    OpenProgramInput,
    RotateKeyInput,
    ServiceAccountSerializer,
)
from accounts.models import ApiKey, ServiceAccount
from accounts.services.keys import issue_key, open_program, revoke_key, rotate_key
from core.api.filters import identifier
from core.api.serializers import Nothing
from core.api.viewsets import ReadViewSet


class ServiceAccountViewSet(ReadViewSet):
    """Programs that call, and who answers for each."""

    queryset = ServiceAccount.objects.select_related("user")
    serializer_class = ServiceAccountSerializer
    services = {"create": open_program, "issue_key": issue_key}
    inputs = {"create": OpenProgramInput, "issue_key": IssueKeyInput}
    asking = frozenset({"issue_key"})  # its answer holds the key and is kept nowhere

    @extend_schema(request=OpenProgramInput, responses={201: ServiceAccountSerializer})
    def create(self, request: Any) -> Response:
        """Make an account for a program. Two persons then give it a role."""
        return self.create_with(open_program)

    @extend_schema(request=IssueKeyInput, responses={201: IssuedSerializer})
    @action(detail=True, methods=["post"], url_path="issue-key")
    def issue_key(self, request: Any, pk: Any) -> Response:
        """Issue a key. Its text is in this answer and nowhere else."""
        made = issue_key(self.get_object(), actor=request.user, **self.validated())
        return Response(IssuedSerializer(made).data, status=201)


class ApiKeyViewSet(ReadViewSet):
    """Keys, without their text: what each says, from where, and when it was last used."""

    queryset = ApiKey.objects.all()
    serializer_class = ApiKeySerializer
    filters = {"user": identifier("user")}
    services = {"rotate": rotate_key, "revoke": revoke_key}
    inputs = {"rotate": RotateKeyInput, "revoke": Nothing}
    asking = frozenset({"rotate"})

    @extend_schema(request=RotateKeyInput, responses={201: IssuedSerializer})
    @action(detail=True, methods=["post"])
    def rotate(self, request: Any, pk: Any) -> Response:
        """Replace a key by one that says the same; both are good for `overlap_days`."""
        made = rotate_key(self.get_object(), actor=request.user, **self.validated())
        return Response(IssuedSerializer(made).data, status=201)

    @extend_schema(request=None, responses=ApiKeySerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Any, pk: Any) -> Response:
        """End a key at once."""
        return self.change_with(revoke_key)
