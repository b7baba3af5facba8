"""Who signs in for a provider, for programs."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.permissions import Perm
from aftercare.api.serializers import ProviderStaffSerializer
from aftercare.models import ProviderStaff
from aftercare.services.staff import end_staff
from core.api.filters import either, identifier
from core.api.serializers import Nothing
from core.api.viewsets import ReadViewSet


class ProviderStaffViewSet(ReadViewSet):
    """Who signs in for which provider, for those who look after providers."""

    queryset = ProviderStaff.objects.select_related("user")
    serializer_class = ProviderStaffSerializer
    filters = {
        "provider": identifier("provider"),
        "in_force": either({"ended_at": None}, {"ended_at__isnull": False}),
    }
    services = {"end": end_staff}
    inputs = {"end": Nothing}

    def needs(self, method: str) -> str | None:
        return Perm.PROVIDER_MANAGE

    @extend_schema(request=None, responses=ProviderStaffSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Any, pk: Any) -> Response:
        """Say that somebody answers for it no more; sessions and keys end with it."""
        return self.change_with(end_staff)
