"""Who signs in for a provider, for programs."""

from __future__ import annotations

from accounts.permissions import Perm
from aftercare.api.serializers import ProviderStaffSerializer
from aftercare.models import ProviderStaff
from aftercare.services.staff import end_staff
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from core.lists.filters import either


class ProviderStaffViewSet(ReadViewSet):
    """Who signs in for which provider, for those who look after providers."""

    listed = List(
        ProviderStaff.objects.select_related("user"),
        "provider",
        {"in_force": either({"ended_at": None}, {"ended_at__isnull": False})},
    )
    serializer_class = ProviderStaffSerializer

    def needs(self, method: str) -> str | None:
        return Perm.PROVIDER_MANAGE

    end = Verb(end_staff)
