"""Who signs in for a provider, for programs."""

from __future__ import annotations

from accounts.permissions import Perm
from aftercare.api.serializers import ProviderStaffSerializer
from aftercare.models import ProviderStaff
from aftercare.services.staff import end_staff
from core.api.filters import either, identifier
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet


class ProviderStaffViewSet(ReadViewSet):
    """Who signs in for which provider, for those who look after providers."""

    queryset = ProviderStaff.objects.select_related("user")
    serializer_class = ProviderStaffSerializer
    filters = {
        "provider": identifier("provider"),
        "in_force": either({"ended_at": None}, {"ended_at__isnull": False}),
    }

    def needs(self, method: str) -> str | None:
        return Perm.PROVIDER_MANAGE

    end = Verb(end_staff)
