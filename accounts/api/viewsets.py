from __future__ import annotations

from typing import Any

from rest_framework.response import Response

from accounts.api.serializers import MeSerializer, OfficeSerializer
from accounts.models import Membership, Office, User
from core.api.viewsets import ReadViewSet, ServiceViewSet
from core.pagination import Sort


class OfficeViewSet(ReadViewSet):
    """The offices of the organisation."""

    queryset = Office.objects.all()
    serializer_class = OfficeSerializer
    sorts = {"code": Sort(("code",))}
    records_reads = False


class MeViewSet(ServiceViewSet):
    """Who the caller is, and what the caller may do."""

    queryset = User.objects.all()
    serializer_class = MeSerializer

    def retrieve(self, request: Any) -> Response:
        rows = Membership.objects.in_force().filter(user=request.user)
        roles = [
            {"office": office, "role": role}
            for office, role in rows.values_list("office__code", "role")
        ]
        user = request.user
        body = {
            "id": user.pk,
            "username": user.username,
            "name": user.name,
            "roles": roles,
            "permissions": sorted(user.permissions),
        }
        return Response(MeSerializer(body).data)
