from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from accounts.permissions import Perm
from casework.models import Case
from core.api.viewsets import ServiceViewSet
from prosecutions.checks.warnings import CHECKS
from prosecutions.services.checks import read_checks

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn


class CheckSerializer(serializers.Serializer[Any]):
    """One warning: what it says, and the kind and id of the row it is about."""

    code = serializers.ChoiceField([(code, code) for code in CHECKS])
    words = serializers.CharField()
    about = serializers.CharField()
    row = serializers.UUIDField(source="row.pk")


class ChecksSerializer(serializers.Serializer[Any]):
    """`content_open` false: the caller sees only that the case exists."""

    content_open = serializers.BooleanField()
    results = CheckSerializer(many=True)


class CaseChecksViewSet(ServiceViewSet):
    """What somebody should look at again in a case: warnings, which never refuse anything."""

    queryset = Case.objects.select_related("jurisdiction")
    serializer_class = ChecksSerializer
    services = {"checks": read_checks}

    @extend_schema(responses=ChecksSerializer)
    def checks(self, request: SignedIn, pk: str) -> Response:
        """The warnings of a case. Each goes by itself once it is put right."""
        self.takes_nothing()
        case = self.get_object()
        checks = read_checks(case, actor=request.user)
        open_to = request.user.scope.reads(case, Perm.PROSECUTION_VIEW)
        return Response(ChecksSerializer({"content_open": open_to, "results": checks}).data)
