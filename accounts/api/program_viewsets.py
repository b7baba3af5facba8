"""Programs and their keys: each verb that a page has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import RegexValidator
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.api.program_serializers import (
    ApiKeySerializer,
    IssuedSerializer,
    IssueKeyInput,
    RotateKeyInput,
    ServiceAccountSerializer,
)
from accounts.forms.people import USERNAME
from accounts.models import ApiKey, ServiceAccount
from accounts.services.keys import issue_key, open_program, revoke_key, rotate_key
from core.api.serializers import Text
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn


class ServiceAccountViewSet(ReadViewSet):
    """Programs that call, and who answers for each."""

    listed = List(ServiceAccount.objects.select_related("user"))
    serializer_class = ServiceAccountSerializer
    services = {"issue_key": issue_key}
    inputs = {"issue_key": IssueKeyInput}
    asking = frozenset({"issue_key"})  # its answer holds the key and is kept nowhere

    create = Verb(
        open_program, on={"username": Text(max_length=60, validators=[RegexValidator(USERNAME)])}
    )

    # The key is shown once, so no answer is kept.
    @extend_schema(request=IssueKeyInput, responses={201: IssuedSerializer})
    @action(detail=True, methods=["post"], url_path="issue-key")
    def issue_key(self, request: SignedIn, pk: str) -> Response:
        """Issue a key. Its text is in this answer and nowhere else."""
        made = issue_key(self.get_object(), actor=request.user, **self.validated())
        return Response(IssuedSerializer(made).data, status=201)


class ApiKeyViewSet(ReadViewSet):
    """Keys, without their text: what each says, from where, and when it was last used."""

    listed = List(ApiKey.objects.all(), "user")
    serializer_class = ApiKeySerializer
    services = {"rotate": rotate_key}
    inputs = {"rotate": RotateKeyInput}
    asking = frozenset({"rotate"})

    # The key is shown once, so no answer is kept.
    @extend_schema(request=RotateKeyInput, responses={201: IssuedSerializer})
    @action(detail=True, methods=["post"])
    def rotate(self, request: SignedIn, pk: str) -> Response:
        """Replace a key by one that says the same; both are good for `overlap_days`."""
        made = rotate_key(self.get_object(), actor=request.user, **self.validated())
        return Response(IssuedSerializer(made).data, status=201)

    revoke = Verb(revoke_key)
